/**
 * {@code ./pos totals}: asks the database of a running system whether the totals are a plain sum over its sales, and has
 * them mended. Both are SQL of sales-service ({@code total_differences}, {@code rebuild_totals}); here they are only called
 * and shown. Must not know how sales or totals are stored.
 */
package uz.ksb.pos.local.totals;
