/** Start-up refuses configuration that is unsafe in production; safe by default: an unnamed environment is production. */
package uz.ksb.pos.platform.production;
