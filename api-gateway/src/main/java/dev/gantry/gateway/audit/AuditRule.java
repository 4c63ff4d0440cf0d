package dev.gantry.gateway.audit;

import dev.gantry.authorization.Access;
import dev.gantry.gateway.configuration.ConfigurationSection;
import dev.gantry.model.exchange.Caller;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests a rule of a policy is about, and what it wants of them. An empty list stands for
 * everything.
 *
 * <p>Compat: {@code apiserver/pkg/audit/policy/checker.go}.
 */
record AuditRule(
        AuditLevel level,
        Callers callers,
        List<String> verbs,
        List<Resources> resources,
        List<String> namespaces,
        List<String> paths,
        Omissions omissions) {

    record Callers(List<String> users, List<String> groups) {
        boolean include(Optional<Caller> caller) {
            return (users.isEmpty()
                            || caller.filter(each -> users.contains(each.user())).isPresent())
                    && (groups.isEmpty()
                            || caller.filter(
                                            each ->
                                                    each.groups().stream()
                                                            .anyMatch(groups::contains))
                                    .isPresent());
        }
    }

    /** Of one group of the API. */
    record Resources(String group, List<String> resources, List<String> names) {
        boolean include(Access access) {
            return group.equals(access.group())
                    && (resources.isEmpty()
                            || (names.isEmpty() || names.contains(access.name()))
                                    && resources.stream().anyMatch(each -> includes(each, access)));
        }

        private static boolean includes(String resource, Access access) {
            return resource.equals("*")
                    || resource.equals(access.pluralWithSubresource())
                    || resource.startsWith("*/")
                            && !access.subresource().isEmpty()
                            && resource.substring(2).equals(access.subresource())
                    || resource.endsWith("/*")
                            && resource.substring(0, resource.length() - 2).equals(access.plural());
        }
    }

    record Omissions(Set<AuditStage> stages, Optional<Boolean> managedFields) {}

    static AuditRule read(ConfigurationSection rule) {
        rule.only(
                "level",
                "users",
                "userGroups",
                "verbs",
                "resources",
                "namespaces",
                "nonResourceURLs",
                "omitStages",
                "omitManagedFields");
        Optional<AuditLevel> level = AuditLevel.parse(rule.text("level"));
        if (level.isEmpty()) {
            rule.notSupported("level", AuditLevel.names());
        }
        AuditRule read =
                new AuditRule(
                        level.orElse(AuditLevel.NONE),
                        new Callers(rule.texts("users"), rule.texts("userGroups")),
                        rule.texts("verbs"),
                        rule.items("resources").stream().map(AuditRule::resources).toList(),
                        rule.texts("namespaces"),
                        rule.texts("nonResourceURLs"),
                        new Omissions(stages(rule), rule.flag("omitManagedFields")));
        read.check(rule);
        return read;
    }

    static Set<AuditStage> stages(ConfigurationSection section) {
        Set<AuditStage> stages = EnumSet.noneOf(AuditStage.class);
        for (String each : section.texts("omitStages")) {
            Optional<AuditStage> stage = AuditStage.parse(each);
            stage.ifPresent(stages::add);
            if (stage.isEmpty()) {
                section.notSupported("omitStages", AuditStage.names());
            }
        }
        return stages;
    }

    boolean isAbout(Optional<Caller> caller, Access access) {
        if (!callers.include(caller) || !verbs.isEmpty() && !verbs.contains(access.verb())) {
            return false;
        }
        if (!namespaces.isEmpty() || !resources.isEmpty()) {
            return access.isResource()
                    && (namespaces.isEmpty() || namespaces.contains(access.namespace()))
                    && (resources.isEmpty()
                            || resources.stream().anyMatch(each -> each.include(access)));
        }
        return paths.isEmpty()
                || !access.isResource()
                        && paths.stream().anyMatch(each -> leadsTo(each, access.path()));
    }

    private static boolean leadsTo(String pattern, String path) {
        return pattern.equals(path)
                || pattern.endsWith("*")
                        && path.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    private static Resources resources(ConfigurationSection section) {
        section.only("group", "resources", "resourceNames");
        List<String> resources = section.texts("resources");
        List<String> names = section.texts("resourceNames");
        if (!names.isEmpty() && resources.isEmpty()) {
            section.invalid("resourceNames", "using resourceNames requires at least one resource");
        }
        return new Resources(section.text("group"), resources, names);
    }

    private void check(ConfigurationSection rule) {
        if (!paths.isEmpty() && !(resources.isEmpty() && namespaces.isEmpty())) {
            rule.invalid(
                    "nonResourceURLs",
                    "rules cannot apply to both regular resources and non-resource URLs");
        }
        for (String each : paths) {
            boolean isPath = each.equals("*") || each.startsWith("/");
            int star = each.indexOf('*');
            if (!isPath) {
                rule.invalid(
                        "nonResourceURLs",
                        "non-resource URL rules must begin with a '/' character");
            } else if (star >= 0 && star < each.length() - 1) {
                rule.invalid(
                        "nonResourceURLs",
                        "non-resource URL wildcards '*' must be the final character of the rule");
            }
        }
    }
}
