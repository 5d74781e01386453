/** Plumbing that every service needs and no library gives. Knows no feature of any service. */
package uz.ksb.pos.platform;
