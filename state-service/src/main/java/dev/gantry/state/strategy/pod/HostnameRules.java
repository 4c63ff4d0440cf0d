package dev.gantry.state.strategy.pod;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Rules;

/** A hostname that replaces the one made of the pod's name. */
final class HostnameRules {
    /** What Linux allows. */
    private static final int MOST_CHARACTERS = 64;

    private HostnameRules() {}

    static void override(Field spec) {
        Field name = spec.child("hostnameOverride");
        if (!name.isSet()) {
            return;
        }
        name.invalidFor(Names.dnsSubdomain(name.text()));
        if (name.text().length() > MOST_CHARACTERS) {
            name.invalid(Rules.atMostCharacters(MOST_CHARACTERS));
        }
        if (spec.child("hostNetwork").isTrue()) {
            spec.child("hostNetwork").forbidden("when `hostnameOverride` is set");
        }
        if (spec.child("setHostnameAsFQDN").isTrue()) {
            spec.child("setHostnameAsFQDN").forbidden("when `hostnameOverride` is set");
        }
    }
}
