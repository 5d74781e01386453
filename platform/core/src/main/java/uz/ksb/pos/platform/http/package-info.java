/**
 * The edge of every service: checks of a request before a resource sees it, and the headers of every answer.
 *
 * <p>Runs on event loops and never blocks them. Must not know any resource.
 */
package uz.ksb.pos.platform.http;
