/** What every service asks of a request before a resource sees it. */
package uz.ksb.pos.platform.http;
