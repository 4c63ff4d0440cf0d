package dev.gantry.gateway.authentication.jwt;

import dev.gantry.gateway.configuration.ConfigurationSection;
import java.util.List;

/**
 * Where requests without a credential are taken for anonymous ones; elsewhere they are refused.
 *
 * @param paths exactly these; everywhere, where there are none
 */
public record AnonymousAccess(boolean isEnabled, List<String> paths) {
    public static final AnonymousAccess EVERYWHERE = new AnonymousAccess(true, List.of());

    static AnonymousAccess read(ConfigurationSection root) {
        if (!root.has("anonymous")) {
            return EVERYWHERE;
        }
        ConfigurationSection anonymous = root.child("anonymous").only("enabled", "conditions");
        boolean isEnabled = anonymous.flag("enabled").orElse(false);
        List<String> paths =
                anonymous.items("conditions").stream()
                        .map(each -> each.only("path").text("path"))
                        .toList();
        if (!isEnabled && !paths.isEmpty()) {
            anonymous.invalid(
                    "conditions", "enabled should be set to true when conditions are defined");
        }
        return new AnonymousAccess(isEnabled, paths);
    }

    /**
     * @param path percent-decoded
     */
    public boolean covers(String path) {
        return isEnabled && (paths.isEmpty() || paths.contains(path));
    }
}
