package uz.ksb.pos.gateway.client;

import java.util.List;
import java.util.Locale;

/** Which paths of this origin are the client's. */
final class ClientPaths {
    static final String SHELL = "/";
    /** The page of the APIs' documents, beside the client and under the same rules. */
    static final String DOCS = "/api/docs";

    private static final String HASHED_FILES = "/assets/";
    private static final List<String> NOT_THE_CLIENT =
            List.of("/api", "/ws", "/socket.io", "/q", "/metrics", "/health", "/actuator");

    private ClientPaths() {}

    /** The case of letters does not matter: a mistyped address of the API is no page. */
    static boolean isOfTheClient(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return NOT_THE_CLIENT.stream().noneMatch(prefix -> lower.equals(prefix) || lower.startsWith(prefix + "/"));
    }

    static boolean isOfTheDocs(String path) {
        return path.equals(DOCS) || path.startsWith(DOCS + "/");
    }

    /** Files with a hash of their content in the name. */
    static boolean isHashedFile(String path) {
        return path.startsWith(HASHED_FILES);
    }

    /** A page that exists only in the client, such as {@code /login}: its address has no file's ending. */
    static boolean isPage(String path) {
        return isOfTheClient(path)
                && !isHashedFile(path)
                && !path.equals(SHELL)
                && path.indexOf('.', path.lastIndexOf('/')) < 0;
    }
}
