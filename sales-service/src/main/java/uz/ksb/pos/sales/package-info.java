/** Sales, customers, totals and the delivery of sales to the back office. */
package uz.ksb.pos.sales;
