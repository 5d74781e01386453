/** The running system as the replay uses it: logins, tills and requests that are sent until they are answered. */
package uz.ksb.pos.local.replay.server;
