package dev.gantry.gateway.audit;

import dev.gantry.authorization.Access;
import dev.gantry.gateway.configuration.ConfigurationSection;
import dev.gantry.model.exchange.Caller;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is written down of which requests: the first rule that is about a request decides, and of
 * one that no rule is about nothing is written.
 *
 * <p>Invariant: no policy makes the log hold what is in a Secret, or a token.
 */
public record AuditPolicy(
        List<AuditRule> rules, Set<AuditStage> omittedStages, boolean omitsManagedFields) {

    /** Throws IllegalArgumentException, which says all that is wrong with the file. */
    public static AuditPolicy read(JsonNode file) {
        var root = ConfigurationSection.of(file, "Policy", List.of("audit.k8s.io/v1"));
        root.only("kind", "apiVersion", "metadata", "rules", "omitStages", "omitManagedFields");
        AuditPolicy policy =
                new AuditPolicy(
                        root.items("rules").stream().map(AuditRule::read).toList(),
                        AuditRule.stages(root),
                        root.flag("omitManagedFields").orElse(false));
        root.refuseErrors();
        return policy;
    }

    /**
     * @param caller who asks, and not whom they impersonate; empty where they have proven nothing
     */
    public AuditDecision judge(Optional<Caller> caller, Access access) {
        for (AuditRule each : rules) {
            if (each.isAbout(caller, access)) {
                Set<AuditStage> omitted = EnumSet.noneOf(AuditStage.class);
                omitted.addAll(omittedStages);
                omitted.addAll(each.omissions().stages());
                var decision =
                        new AuditDecision(
                                each.level(),
                                omitted,
                                each.omissions().managedFields().orElse(omitsManagedFields));
                return isConfidential(access) ? decision.withoutBodies() : decision;
            }
        }
        return new AuditDecision(AuditLevel.NONE, omittedStages, false);
    }

    private static boolean isConfidential(Access access) {
        return switch (access.pluralWithSubresource()) {
            case "serviceaccounts/token" -> true;
            case "tokenreviews" -> access.group().equals("authentication.k8s.io");
            default -> access.plural().equals("secrets") && access.group().isEmpty();
        };
    }
}
