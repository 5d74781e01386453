/** {@code GET /api/live/stats}: what an ADMIN sees of the live side, of the own enterprise only. */
package uz.ksb.pos.gateway.stats;
