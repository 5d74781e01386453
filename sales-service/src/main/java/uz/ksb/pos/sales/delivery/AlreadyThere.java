package uz.ksb.pos.sales.delivery;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Recognises that the back office has a document already. Its answer says so by a status or by an exact phrase; any other
 * sentence with the same words, such as "the period is already closed", is a refusal.
 *
 * @param phrases compared without regard to case, spaces and a full stop; {@code {document}} stands for the sale's id
 * @param statuses values of {@code status}
 */
record AlreadyThere(List<String> phrases, List<String> statuses) {

    boolean says(String status, String message, UUID document) {
        return statuses.contains(status)
                || status.equals("error")
                        && phrases.stream()
                                .map(phrase -> phrase.replace("{document}", document.toString()))
                                .anyMatch(phrase -> plain(phrase).equals(plain(message)));
    }

    private static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll("[.!]+$", "").toLowerCase(Locale.ROOT);
    }
}
