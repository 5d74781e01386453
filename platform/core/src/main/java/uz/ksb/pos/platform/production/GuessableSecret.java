package uz.ksb.pos.platform.production;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Secrets that somebody who never saw them would try: well-known ones, those that stand in examples, and whatever is put together of
 * words and numbers that come to everybody's mind.
 */
final class GuessableSecret {
    static final String WEBHOOK_PREFIX = "whsec_";

    private static final int MIN_DIFFERENT_CHARACTERS = 5;
    /** Without those words more must be left of a secret than an ending that makes it look new. */
    private static final int MIN_OWN_CHARACTERS = 4;

    private static final Set<String> OF_EXAMPLES = Set.of(
            // Of the Standard Webhooks.
            "mfkq9r8gkyqrtwjupd8ilpzio2lalasw");

    private static final Pattern WORDS =
            Pattern.compile("p[a@4][s$5]{2}(?:w[o0]rd|phrase)?|parol|s[e3]cr[e3]t|sekret|token|key|pin"
                    + "|adm[i1]n(?:istrator)?|root|user|login|kassir|menejer|cashier|manager"
                    + "|test(?:ing)?|demo|sample|example|default|dummy|local(?:host)?|development|dev|production|prod|staging"
                    + "|please|change|replace|insert|enter|fill|your|super|strong|some|here|this|with|the|of|it|in|my|me"
                    + "|postgres(?:ql)?|database|datasource|kafka|broker|scram|quarkus|java|webhook|simulator"
                    + "|settings?|products?|sales?|sync|realtime|gateway|services?|back.?office|ksb|merp|pos|crm|erp"
                    + "|qwerty(?:uiop)?|asdf(?:gh(?:jkl)?)?|zxcvbn?m?|abc(?:d(?:ef?)?)?|welcome|letmein|hello|tashkent|toshkent"
                    + "|0?1234?5?6?7?8?9?0?|9?8?7?6?54321|20[0-9]{2}|([0-9])\\1+");

    /** Left for somebody, or a template, to fill in. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile(".*(change.?me|change.?it|replace.?me|your.?password|your.?secret|placeholder|todo|xxxx).*"
                    + "|<.*>|.*(\\{\\{|\\$\\{|\\$\\().*");

    private GuessableSecret() {}

    /** Its fault; empty when nobody would try it. */
    static Optional<String> fault(String secret) {
        String plain = secret.strip().replaceFirst("^" + WEBHOOK_PREFIX, "");
        return faultOf(plain.toLowerCase(Locale.ROOT))
                .or(() -> secret.startsWith(WEBHOOK_PREFIX)
                        ? decoded(plain).flatMap(GuessableSecret::faultOf)
                        : Optional.empty());
    }

    private static Optional<String> faultOf(String plain) {
        if (PLACEHOLDER.matcher(plain).matches() || plain.chars().distinct().count() < MIN_DIFFERENT_CHARACTERS) {
            return Optional.of("is a placeholder");
        }
        String own = WORDS.matcher(plain).replaceAll("").replaceAll("[^\\p{L}\\p{N}]", "");
        return OF_EXAMPLES.contains(plain) || own.length() < MIN_OWN_CHARACTERS
                ? Optional.of("is a well-known one")
                : Optional.empty();
    }

    /** The text whose Base64 it is, if it is that of a text. */
    private static Optional<String> decoded(String secret) {
        try {
            String text = new String(Base64.getDecoder().decode(secret), StandardCharsets.ISO_8859_1);
            return Optional.of(text.toLowerCase(Locale.ROOT)).filter(readable -> readable.matches("[ -~]+"));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
