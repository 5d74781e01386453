package uz.ksb.pos.sync.backoffice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure;

class KsbMerpSettingsTest {
    private static final JsonNode NOTHING = json("{}");
    private static final JsonNode NO_USERS = json("{'list_users':[]}");
    private static final JsonNode NO_SETTINGS = json("{'users':[]}");

    private final KsbMerpSettings settings = new KsbMerpSettings();

    @Test
    void onlyAClearYesAdmitsADevice() {
        settings.mustBeAdmitted(json("{'status':'successfully','permission':true}"));
        for (String answer : List.of("{'status':'empty','permission':false}", "{'permission':'yes'}", "{}")) {
            assertThatThrownBy(() -> settings.mustBeAdmitted(json(answer)))
                    .isInstanceOf(BackOfficeFailure.class)
                    .hasMessage("the back office does not admit this device");
        }
    }

    @Test
    void aLicenceIsADayOfTheCalendarOrNotSpokenOf() {
        assertThat(licence("2031-05-06T23:59:59")).isEqualTo("2031-05-06");
        for (String none :
                List.of("0001-01-01T00:00:00", "+999999999-12-31", "2031-02-30", "06.05.2031", "ertaga", "")) {
            assertThat(licence(none)).as(none).isNull();
        }
    }

    @Test
    void eachPhoneThatIsOneIsTaken() {
        JsonNode users = json("{'enterprise':{'phone_number':'+998 71 200 00 00, (90) 123-45-67; Aziz'}}");

        assertThat(settings.enterprise("10000001", users, 7).getFirst().path("phones"))
                .isEqualTo(json("['+998 71 200 00 00','(90) 123-45-67']"));
    }

    private String licence(String told) {
        JsonNode users = json("{'enterprise':{'name':'Do`kon','licence_until':'" + told + "'}}");
        return settings.enterprise("10000001", users, 7)
                .getFirst()
                .path("licenceUntil")
                .textValue();
    }

    @Test
    void theEnterpriseHasNamePhoneAndLicence() {
        assertThat(reread(settings.enterprise(
                        "10000001",
                        json(
                                "{'enterprise':{'name':'Do`kon','phone_number':' +998 71 200 00 00 ','licence_until':'2031-05-06'}}"),
                        7)))
                .containsExactly(json("{'id':'10000001','version':7,'name':'Do`kon','licenceUntil':'2031-05-06',"
                        + "'phones':['+998 71 200 00 00']}"));
        assertThat(reread(settings.enterprise("10000001", json("{'enterprise':{}}"), 7)))
                .as("absent fields are left alone")
                .containsExactly(json("{'id':'10000001','version':7}"));
    }

    @Test
    void anAnswerThatIsNotCompleteIsAFailure() {
        assertThatThrownBy(() -> settings.enterprise("10000001", NOTHING, 7)).isInstanceOf(BackOfficeFailure.class);
        assertThatThrownBy(() -> settings.settings("till", NOTHING, NO_SETTINGS, NOTHING, 7))
                .isInstanceOf(BackOfficeFailure.class);
        assertThatThrownBy(() -> settings.settings("till", NO_USERS, NOTHING, NOTHING, 7))
                .isInstanceOf(BackOfficeFailure.class);
    }

    @Test
    void aUserAndItsSettingsAreOneRowWhateverCaseTheLoginHas() {
        List<JsonNode> rows = settings.settings(
                "till",
                json(
                        "{'list_users':[{'login':'Nodira ','name':'Nodira Aliyeva','usertype':'Менеджер'},{'login':'sherzod'}]}"),
                json("{'users':[{'user_id':'1','user_name':'nodira',"
                        + "'warehouse':[{'warehouse':'asosiy','main':true}],'price_types':[{'type':'chakana','main':true}],"
                        + "'cash':[{'type':'Наличные','cash':'naqd'},{'type':'Пластик','cash':'terminal'}],"
                        + "'currency':'UZS','max_discount':7.5,'change_price':true,'view_buy':false}]}"),
                NOTHING,
                7);

        assertThat(reread(rows))
                .containsExactly(
                        json(
                                "{'kind':'user','id':'Nodira','version':7,'name':'Nodira Aliyeva','role':'MANAGER','settings':{"
                                        + "'currency':'UZS','warehouses':[{'id':'asosiy','main':true}],"
                                        + "'priceTypes':[{'id':'chakana','main':true}],"
                                        + "'cashDesks':[{'kind':'CASH','id':'naqd'},{'kind':'CARD','id':'terminal'}],"
                                        + "'maxDiscountPercent':'7.5','mayChangePrice':true,'maySeePurchasePrice':false}}"),
                        json("{'kind':'user','id':'sherzod','version':7}"));
    }

    @Test
    void theDeviceHasARowWhenItHasSettings() {
        assertThat(reread(settings.settings("till", NO_USERS, NO_SETTINGS, NOTHING, 7)))
                .isEmpty();
        assertThat(reread(settings.settings(
                        "till",
                        NO_USERS,
                        NO_SETTINGS,
                        json(
                                "{'resend_minutes':3,'timeout_seconds':30,'receipt_header':'Salom','receipt_footer':'Rahmat',"
                                        + "'receipt_width':58,'scan_raises_line':false,'ask_quantity':true}"),
                        7)))
                .containsExactly(json("{'kind':'device','id':'till','version':7,'settings':{'resendSeconds':180,"
                        + "'timeoutSeconds':30,'receiptHeader':'Salom','receiptFooter':'Rahmat','receiptWidth':'MM58',"
                        + "'scan':'ADDS_LINE','askQuantity':true}}"));
    }

    /** As a reader sees them: a written number has no Java type. */
    private static List<JsonNode> reread(List<JsonNode> rows) {
        return rows.stream().map(row -> json(row.toString())).toList();
    }

    /** JSON with single quotes; numbers as the rows have them. */
    private static JsonNode json(String text) {
        try {
            return new ObjectMapper()
                    .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
