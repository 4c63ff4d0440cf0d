package dev.gantry.state.validation;

import java.util.List;
import java.util.Optional;

/** Addresses, ranges of addresses, and ports by number or name. */
public final class AddressRules {
    public static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private AddressRules() {}

    /** Whether it is one. */
    public static boolean ip(Field field) {
        if (IpAddress.parse(field.text()).isPresent()) {
            return true;
        }
        field.invalidText(
                field.text(), "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        return false;
    }

    public static void cidr(Field field, String text) {
        int slash = text.indexOf('/');
        Optional<IpAddress> address =
                slash < 0 ? Optional.empty() : IpAddress.parse(text.substring(0, slash));
        boolean isValid =
                address.map(it -> IpAddress.number(text.substring(slash + 1), 10, it.bits()) >= 0)
                        .orElse(false);
        if (!isValid) {
            field.invalidText(
                    text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
    }

    /** For endpoints and external addresses: none that means something only on one machine. */
    public static void nonSpecial(Field field) {
        String text = field.text();
        Optional<IpAddress> parsed = IpAddress.parse(text);
        if (parsed.isEmpty()) {
            field.invalidText(text, "must be a valid IP address");
            return;
        }
        IpAddress address = parsed.get();
        if (address.isUnspecified()) {
            field.invalidText(text, "may not be unspecified (" + text + ")");
        }
        if (address.isLoopback()) {
            field.invalidText(text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (address.isLinkLocal()) {
            field.invalidText(
                    text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        if (address.isLinkLocalMulticast()) {
            field.invalidText(
                    text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    /** Whether the texts are addresses of both families. */
    public static boolean isDualStack(List<String> texts) {
        long v4 =
                texts.stream()
                        .flatMap(each -> IpAddress.parse(each).stream())
                        .filter(IpAddress::isV4)
                        .count();
        long all = texts.stream().flatMap(each -> IpAddress.parse(each).stream()).count();
        return v4 > 0 && all > v4;
    }

    /** A port's number, which must not be absent. */
    public static void portNumber(Field port) {
        KeyNames.portNumber(port.number()).forEach(port::invalidNumber);
    }

    public static void portNumberOrName(Field port) {
        if (port.value().isString()) {
            port.invalidFor(KeyNames.portName(port.text()));
        } else {
            portNumber(port);
        }
    }

    public static void protocol(Field protocol) {
        protocol.oneOf(PROTOCOLS);
    }
}
