package dev.gantry.gateway.authorization;

import dev.gantry.gateway.configuration.ConfigurationSection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a webhook is asked.
 *
 * @param kubeconfig the file that says where it is, and who asks
 * @param reviewVersion of the SubjectAccessReviews that it is sent
 * @param deniesOnFailure whether a request is refused where it gives no answer
 * @param conditions under all of which it is asked
 */
public record WebhookSettings(
        String kubeconfig,
        String reviewVersion,
        Duration timeout,
        Kept allowed,
        Kept refused,
        boolean deniesOnFailure,
        List<MatchCondition> conditions) {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_CONDITIONS = 64;
    private static final String FILE = "KubeConfigFile";
    private static final List<String> REVIEW_VERSIONS = List.of("v1", "v1beta1");

    /** How long an answer of that sort counts; zero where it is asked each time. */
    public record Kept(Duration time) {}

    static WebhookSettings read(ConfigurationSection webhook) {
        webhook.only(
                "authorizedTTL",
                "cacheAuthorizedRequests",
                "unauthorizedTTL",
                "cacheUnauthorizedRequests",
                "timeout",
                "subjectAccessReviewVersion",
                "matchConditionSubjectAccessReviewVersion",
                "failurePolicy",
                "connectionInfo",
                "matchConditions");
        checkVersions(webhook);
        String policy = webhook.text("failurePolicy");
        if (policy.isEmpty()) {
            webhook.required("failurePolicy", "");
        } else if (!policy.equals("Deny") && !policy.equals("NoOpinion")) {
            webhook.notSupported("failurePolicy", List.of("NoOpinion", "Deny"));
        }
        return new WebhookSettings(
                kubeconfig(webhook.child("connectionInfo")),
                webhook.text("subjectAccessReviewVersion"),
                timeout(webhook),
                kept(webhook, "authorizedTTL", "cacheAuthorizedRequests", Duration.ofMinutes(5)),
                kept(
                        webhook,
                        "unauthorizedTTL",
                        "cacheUnauthorizedRequests",
                        Duration.ofSeconds(30)),
                policy.equals("Deny"),
                conditions(webhook));
    }

    private static void checkVersions(ConfigurationSection webhook) {
        String ofReviews = webhook.text("subjectAccessReviewVersion");
        if (ofReviews.isEmpty()) {
            webhook.required("subjectAccessReviewVersion", "");
        } else if (!REVIEW_VERSIONS.contains(ofReviews)) {
            webhook.notSupported("subjectAccessReviewVersion", REVIEW_VERSIONS);
        }
        String ofConditions = webhook.text("matchConditionSubjectAccessReviewVersion");
        if (ofConditions.isEmpty() && !webhook.items("matchConditions").isEmpty()) {
            webhook.required(
                    "matchConditionSubjectAccessReviewVersion",
                    "required if match conditions are specified");
        } else if (!ofConditions.isEmpty() && !ofConditions.equals("v1")) {
            webhook.notSupported("matchConditionSubjectAccessReviewVersion", List.of("v1"));
        }
    }

    private static Duration timeout(ConfigurationSection webhook) {
        Optional<Duration> timeout = webhook.duration("timeout");
        if (timeout.isEmpty()) {
            webhook.required("timeout", "");
        } else if (timeout.get().isZero() || timeout.get().compareTo(LONGEST) > 0) {
            webhook.invalid("timeout", "must be > 0s and <= 30s");
        }
        return timeout.orElse(LONGEST);
    }

    private static Kept kept(
            ConfigurationSection webhook, String time, String flag, Duration otherwise) {
        Duration wanted = webhook.duration(time).orElse(otherwise);
        if (wanted.isZero()) {
            webhook.invalid(time, "must be > 0s");
        }
        return new Kept(webhook.flag(flag).orElse(true) ? wanted : Duration.ZERO);
    }

    private static String kubeconfig(ConfigurationSection connection) {
        connection.only("type", "kubeConfigFile");
        String file = connection.text("kubeConfigFile");
        if (connection.text("type").isEmpty()) {
            connection.required("type", "");
        } else if (!connection.text("type").equals(FILE)) {
            connection.notSupported("type", List.of(FILE));
        } else if (file.isEmpty()) {
            connection.required("kubeConfigFile", "");
        } else if (!file.startsWith("/")) {
            connection.invalid("kubeConfigFile", "must be an absolute path");
        }
        return file;
    }

    private static List<MatchCondition> conditions(ConfigurationSection webhook) {
        List<ConfigurationSection> sections = webhook.items("matchConditions");
        if (sections.size() > MOST_CONDITIONS) {
            webhook.invalid(
                    "matchConditions", "must have at most %d items".formatted(MOST_CONDITIONS));
        }
        List<MatchCondition> conditions = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ConfigurationSection each : sections) {
            each.only("expression");
            if (each.text("expression").isBlank()) {
                each.required("expression", "");
            } else if (!seen.add(each.text("expression"))) {
                each.duplicate("expression");
            } else {
                MatchCondition.compile(each, "expression").ifPresent(conditions::add);
            }
        }
        return List.copyOf(conditions);
    }
}
