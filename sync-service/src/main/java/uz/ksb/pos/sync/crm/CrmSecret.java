package uz.ksb.pos.sync.crm;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import uz.ksb.pos.platform.production.ProductionReadinessCheck;

/** A secret that cannot sign would be found out at the first sync only, and the CRM would hear of none. */
@ApplicationScoped
class CrmSecret implements ProductionReadinessCheck {
    private static final String NAME = "pos.crm.secret";

    @Override
    public List<String> unsafe(Config config) {
        String secret = config.getOptionalValue(NAME, String.class).orElse("").strip();
        return secret.isEmpty() || canSign(secret) ? List.of() : List.of(NAME + " is not whsec_ and base64");
    }

    private static boolean canSign(String secret) {
        try {
            return !new Webhook(secret).sign("id", 0, "").isEmpty();
        } catch (WebhookSigningException | EmptyWebhookSecretException | IllegalArgumentException unusable) {
            return false;
        }
    }
}
