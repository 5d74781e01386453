/** The one form of JSON in requests, answers and events. */
package uz.ksb.pos.platform.json;
