/**
 * The documents of the HTTP APIs of all services as one, at {@code /api/docs}, with a page to try them.
 *
 * <p>Invariants: the parts are the documents that each service's own test compares with its code, so the whole is true
 * as they are; a name of a schema means one thing. The page (Swagger UI) comes from this origin and runs under the
 * content security policy of the till. Runs on worker threads. It knows no service and asks none.
 */
package uz.ksb.pos.gateway.docs;
