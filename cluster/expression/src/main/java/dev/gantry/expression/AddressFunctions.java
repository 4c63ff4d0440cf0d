package dev.gantry.expression;

import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.gantry.expression.CelFunctions.Typed;

/** IP addresses and ranges of them. Compat: apiserver's {@code library.IP} and {@code CIDR}. */
final class AddressFunctions {
    static final CelFunctions ALL = new CelFunctions();
    private static final CelType IP = OpaqueType.create("net.IP");
    private static final CelType CIDR = OpaqueType.create("net.CIDR");
    private static final Typed<IpValue> ADDRESS = new Typed<>(IP, IpValue.class);
    private static final Typed<CidrValue> RANGE = new Typed<>(CIDR, CidrValue.class);
    private static final Typed<String> TEXT = new Typed<>(SimpleType.STRING, String.class);

    static {
        addresses();
        kinds();
        ranges();
        contents();
    }

    private AddressFunctions() {}

    private static void addresses() {
        ALL.global("ip", "string_to_ip", IP, TEXT, IpValue::of)
                .global(
                        "isIP",
                        "is_ip_string",
                        SimpleType.BOOL,
                        TEXT,
                        text -> IpValue.parse(text).isPresent())
                .global(
                        "ip.isCanonical",
                        "ip_is_canonical",
                        SimpleType.BOOL,
                        TEXT,
                        text -> IpValue.of(text).toString().equals(text))
                .member("family", "ip_family", SimpleType.INT, ADDRESS, each -> each.family());
    }

    private static void kinds() {
        ALL.member(
                        "isUnspecified",
                        "ip_is_unspecified",
                        SimpleType.BOOL,
                        ADDRESS,
                        IpValue::isUnspecified)
                .member(
                        "isLoopback",
                        "ip_is_loopback",
                        SimpleType.BOOL,
                        ADDRESS,
                        IpValue::isLoopback)
                .member(
                        "isLinkLocalMulticast",
                        "ip_is_link_local_multicast",
                        SimpleType.BOOL,
                        ADDRESS,
                        IpValue::isLinkLocalMulticast)
                .member(
                        "isLinkLocalUnicast",
                        "ip_is_link_local_unicast",
                        SimpleType.BOOL,
                        ADDRESS,
                        IpValue::isLinkLocalUnicast)
                .member(
                        "isGlobalUnicast",
                        "ip_is_global_unicast",
                        SimpleType.BOOL,
                        ADDRESS,
                        IpValue::isGlobalUnicast);
    }

    private static void ranges() {
        ALL.global("cidr", "string_to_cidr", CIDR, TEXT, CidrValue::of)
                .global(
                        "isCIDR",
                        "is_cidr_string",
                        SimpleType.BOOL,
                        TEXT,
                        text -> CidrValue.parse(text).isPresent())
                .member("ip", "cidr_ip", IP, RANGE, CidrValue::address)
                .member("masked", "cidr_masked", CIDR, RANGE, CidrValue::masked)
                .member(
                        "prefixLength",
                        "cidr_prefix_length",
                        SimpleType.INT,
                        RANGE,
                        each -> (long) each.length());
    }

    private static void contents() {
        ALL.member(
                        "containsIP",
                        newMemberOverload(
                                "cidr_contains_ip_string",
                                SimpleType.BOOL,
                                CIDR,
                                SimpleType.STRING),
                        CidrValue.class,
                        String.class,
                        (range, text) -> range.contains(IpValue.of(text)))
                .member(
                        "containsIP",
                        newMemberOverload("cidr_contains_ip_ip", SimpleType.BOOL, CIDR, IP),
                        CidrValue.class,
                        IpValue.class,
                        CidrValue::contains)
                .member(
                        "containsCIDR",
                        newMemberOverload(
                                "cidr_contains_cidr_string",
                                SimpleType.BOOL,
                                CIDR,
                                SimpleType.STRING),
                        CidrValue.class,
                        String.class,
                        (range, text) -> range.contains(CidrValue.of(text)))
                .member(
                        "containsCIDR",
                        newMemberOverload("cidr_contains_cidr", SimpleType.BOOL, CIDR, CIDR),
                        CidrValue.class,
                        CidrValue.class,
                        (range, other) -> range.contains(other));
        ALL.add(
                "string",
                newGlobalOverload("ip_to_string", SimpleType.STRING, IP),
                dev.cel.runtime.CelFunctionBinding.from(
                        "ip_to_string", IpValue.class, IpValue::toString));
        ALL.add(
                "string",
                newGlobalOverload("cidr_to_string", SimpleType.STRING, CIDR),
                dev.cel.runtime.CelFunctionBinding.from(
                        "cidr_to_string", CidrValue.class, CidrValue::toString));
    }
}
