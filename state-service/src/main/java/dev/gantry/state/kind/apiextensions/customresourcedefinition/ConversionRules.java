package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compat: {@code validateCustomResourceConversion}; paths are those of the internal type. */
final class ConversionRules {
    private static final List<String> REVIEWS = List.of("v1", "v1beta1");
    private static final String NO_WEBHOOK =
            "should not be set when strategy is not set to Webhook";
    private static final String URL_FORM = "; desired format: https://host[/path]";

    /** Scheme, authority, query, fragment. */
    private static final Pattern URL =
            Pattern.compile("(?:([^:/?#]*):)//([^/?#]*)[^?#]*(?:\\?([^#]*))?(?:#(.*))?");

    private ConversionRules() {}

    static void check(Field conversion) {
        conversion.child("strategy").oneOf(List.of("None", "Webhook"));
        Field webhook = conversion.child("webhook");
        Field client = webhook.child("clientConfig").at(conversion.path() + ".webhookClientConfig");
        Field reviews =
                webhook.child("conversionReviewVersions")
                        .at(conversion.path() + ".conversionReviewVersions");
        if (conversion.text("strategy").equals("Webhook")) {
            client(client);
            reviews(reviews);
            return;
        }
        if (client.isSet()) {
            client.forbidden(NO_WEBHOOK);
        }
        if (!reviews.isEmpty()) {
            reviews.forbidden(NO_WEBHOOK);
        }
    }

    private static void reviews(Field reviews) {
        if (reviews.isEmpty()) {
            reviews.required("");
            return;
        }
        if (reviews.texts().stream().noneMatch(REVIEWS::contains)) {
            reviews.invalidAs(
                    GoText.of(reviews.value()),
                    "must include at least one of " + String.join(", ", REVIEWS));
        }
        for (Field each : reviews.items()) {
            List<String> wrong = Names.dns1035Label(each.text());
            if (!wrong.isEmpty()) {
                each.invalid(String.join(",", wrong));
            }
        }
    }

    private static void client(Field client) {
        if (!client.isSet()) {
            client.required("required when strategy is set to Webhook");
            return;
        }
        boolean hasUrl = client.has("url");
        if (hasUrl == client.has("service")) {
            client.required("exactly one of url or service is required");
        } else if (hasUrl) {
            url(client.child("url"));
        } else {
            service(client.child("service"));
        }
    }

    private static void service(Field service) {
        for (String each : List.of("name", "namespace")) {
            if (service.text(each).isEmpty()) {
                service.child(each).required("service " + each + " is required");
            }
        }
        long port = service.child("port").number();
        if (port < 1 || port > 65_535) {
            service.child("port")
                    .invalid("port is not valid: must be between 1 and 65535, inclusive");
        }
    }

    private static void url(Field field) {
        Matcher url = URL.matcher(field.text());
        if (!url.matches()) {
            field.required("url must be a valid URL" + URL_FORM);
            return;
        }
        if (!url.group(1).equals("https")) {
            field.invalidText(url.group(1), "'https' is the only allowed URL scheme" + URL_FORM);
        }
        String authority = url.group(2);
        int at = authority.lastIndexOf('@');
        if (authority.substring(at + 1).isEmpty()) {
            field.invalidText("", "host must be specified" + URL_FORM);
        }
        if (at >= 0) {
            refused(field, authority.substring(0, at), "user information is not permitted");
        }
        refused(field, url.group(4), "fragments are not permitted");
        refused(field, url.group(3), "query parameters are not permitted");
    }

    private static void refused(Field url, @Nullable String part, String why) {
        if (part != null) {
            url.invalidText(part, why + " in the URL");
        }
    }
}
