/** Lists in pages: {@code ?after=<cursor>&limit=}. */
package uz.ksb.pos.settings.paging;
