package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is said for containers on Windows. */
public final class WindowsRules {
    private static final int SPEC_KIB = 64;
    private static final int DOMAIN_CHARACTERS = 256;
    private static final int USER_CHARACTERS = 104;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern NETBIOS =
            Pattern.compile("[^\\\\/:*?\"<>|.][^\\\\/:*?\"<>|]{0,14}");
    private static final Pattern DNS_LABEL =
            Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
    private static final Pattern USER_FORBIDDEN = Pattern.compile("[\"/\\\\:;|=,+*?<>@\\[\\]]");
    private static final Pattern DOTS_AND_SPACES = Pattern.compile("[. ]+");

    private WindowsRules() {}

    public static void options(Field options) {
        Field specName = options.child("gmsaCredentialSpecName");
        if (specName.isSet()) {
            specName.invalidFor(Names.dnsSubdomain(specName.text()));
        }
        Field spec = options.child("gmsaCredentialSpec");
        if (spec.isSet() && spec.text().isEmpty()) {
            spec.invalid("gmsaCredentialSpec cannot be an empty string");
        } else if (spec.text().length() > SPEC_KIB * 1024) {
            spec.invalid("gmsaCredentialSpec size must be under %d KiB".formatted(SPEC_KIB));
        }
        Field user = options.child("runAsUserName");
        if (user.isSet()) {
            user(user);
        }
    }

    private static void user(Field field) {
        String name = field.text();
        String[] parts = name.split("\\\\", -1);
        if (name.isEmpty()) {
            field.invalid("runAsUserName cannot be an empty string");
        } else if (CONTROL.matcher(name).find()) {
            field.invalid("runAsUserName cannot contain control characters");
        } else if (parts.length > 2) {
            field.invalid("runAsUserName cannot contain more than one backslash");
        } else {
            if (parts.length == 2) {
                domain(field, parts[0]);
            }
            account(field, parts[parts.length - 1]);
        }
    }

    private static void domain(Field field, String domain) {
        if (domain.length() >= DOMAIN_CHARACTERS) {
            field.invalid(
                    "runAsUserName's Domain length must be under %d characters"
                            .formatted(DOMAIN_CHARACTERS));
        }
        boolean isDns = true;
        for (String label : domain.split("\\.", -1)) {
            isDns &= DNS_LABEL.matcher(label).matches();
        }
        if (!isDns && !NETBIOS.matcher(domain).matches()) {
            field.invalid("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
        }
    }

    private static void account(Field field, String user) {
        if (user.isEmpty()) {
            field.invalid("runAsUserName's User cannot be empty");
        } else if (user.length() > USER_CHARACTERS) {
            field.invalid(
                    "runAsUserName's User length must not be longer than %d characters"
                            .formatted(USER_CHARACTERS));
        }
        if (DOTS_AND_SPACES.matcher(user).matches()) {
            field.invalid("runAsUserName's User cannot contain only periods or spaces");
        }
        if (USER_FORBIDDEN.matcher(user).find()) {
            field.invalid(
                    "runAsUserName's User cannot contain the following characters:"
                            + " \"/\\:;|=,+*?<>@[]");
        }
    }

    /** Either all containers are processes of the host, or none is. */
    public static void hostProcess(Field spec) {
        Optional<Boolean> ofPod = hostProcessOf(spec.child("securityContext", "windowsOptions"));
        int containers = 0;
        int onHost = 0;
        for (Field container : Containers.all(spec)) {
            Field options = container.child("securityContext", "windowsOptions");
            Optional<Boolean> own = hostProcessOf(options);
            containers++;
            if (ofPod.isPresent() && own.isPresent() && !ofPod.equals(own)) {
                options.child("hostProcess")
                        .invalid(
                                "pod hostProcess value must be identical if both are specified,"
                                        + " was "
                                        + ofPod.get());
            }
            onHost += own.or(() -> ofPod).orElse(false) ? 1 : 0;
        }
        if (onHost == 0) {
            return;
        }
        if (onHost != containers) {
            spec.invalidText(
                    "",
                    "If pod contains any hostProcess containers then all containers must be"
                            + " HostProcess containers");
        }
        if (!spec.child("hostNetwork").isTrue()) {
            spec.child("hostNetwork")
                    .invalidAs(
                            "false",
                            "hostNetwork must be true if pod contains any hostProcess containers");
        }
    }

    private static Optional<Boolean> hostProcessOf(Field options) {
        Field flag = options.child("hostProcess");
        return flag.isSet() ? Optional.of(flag.isTrue()) : Optional.empty();
    }
}
