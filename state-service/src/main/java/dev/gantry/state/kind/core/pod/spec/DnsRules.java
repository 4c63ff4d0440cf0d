package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;

/** How a pod resolves names. Compat: {@code validatePodDNSConfig}. */
final class DnsRules {
    private static final int NAMESERVERS = 3;
    private static final int SEARCHES = 32;
    private static final int SEARCH_CHARACTERS = 2048;

    private DnsRules() {}

    static void check(Field spec) {
        Field config = spec.child("dnsConfig");
        Field servers = config.child("nameservers");
        if (spec.text("dnsPolicy").equals("None")) {
            if (!config.isSet()) {
                config.required("must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (servers.isEmpty()) {
                servers.required(
                        "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }
        if (servers.items().size() > NAMESERVERS) {
            servers.invalid("must not have more than %d nameservers".formatted(NAMESERVERS));
        }
        servers.items().forEach(AddressRules::ip);
        searches(config.child("searches"));
        for (Field option : config.child("options").items()) {
            if (option.text("name").isEmpty()) {
                option.required("must not be empty");
            }
        }
    }

    private static void searches(Field searches) {
        if (searches.items().size() > SEARCHES) {
            searches.invalid("must not have more than %d search paths".formatted(SEARCHES));
        }
        if (String.join(" ", searches.texts()).length() > SEARCH_CHARACTERS) {
            searches.invalid(
                    "must not have more than %d characters (including spaces) in the search list"
                            .formatted(SEARCH_CHARACTERS));
        }
        for (Field search : searches.items()) {
            String name = search.text();
            String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            if (!name.equals(".")) {
                Names.dnsSubdomainWithUnderscore(bare)
                        .forEach(each -> search.invalidText(bare, each));
            }
        }
    }
}
