package uz.ksb.pos.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The document that the page at {@code /api/docs} shows; the page's files are static. */
@Path("/api/docs/openapi.json")
public class DocsResource {
    private final ObjectMapper json;

    DocsResource(ObjectMapper json) {
        this.json = json;
    }

    /** Asked for seldom, so it is made anew each time and no memory is held. */
    @GET
    @Blocking
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public JsonNode document() {
        return ApiDocument.merged(json);
    }
}
