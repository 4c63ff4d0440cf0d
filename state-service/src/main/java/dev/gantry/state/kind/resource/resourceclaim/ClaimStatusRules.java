package dev.gantry.state.kind.resource.resourceclaim;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.core.pod.spec.AffinityRules;
import dev.gantry.state.kind.resource.device.BindingConditionRules;
import dev.gantry.state.kind.resource.device.ClaimRules;
import dev.gantry.state.kind.resource.device.DeviceNames;
import dev.gantry.state.kind.resource.device.SelectorRules;
import dev.gantry.state.validation.ConditionRules;
import dev.gantry.state.validation.DriverNames;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.StrictAddressRules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a claim was given, and who may use it. Compat: {@code validateResourceClaimStatusUpdate}.
 */
final class ClaimStatusRules {
    private static final int MOST_CONSUMERS = 256;
    private static final int MOST_RESULTS = 32;
    private static final int MOST_CONDITIONS = 8;
    private static final int DATA_BYTES = 10 << 10;
    private static final int INTERFACE_BYTES = 256;
    private static final int HARDWARE_ADDRESS_BYTES = 128;
    private static final Set<Integer> UUID_LENGTHS = Set.of(32, 36, 38, 45);
    private static final List<String> SOURCES = List.of("FromClaim", "FromClass");

    private ClaimStatusRules() {}

    static void check(Field claim, ObjectNode stored) {
        Field status = claim.child("status");
        JsonNode before = stored.path("status");
        Field consumers = status.child("reservedFor");
        if (DeviceNames.isShortEnough(consumers, MOST_CONSUMERS)) {
            consumers.items().forEach(ClaimStatusRules::consumer);
            DeviceNames.eachOnce(consumers.items(), each -> each.text("uid"));
        }
        devices(status);
        Field allocation = status.child("allocation");
        if (!consumers.isEmpty() && !allocation.isSet()) {
            consumers.forbidden("may not be specified when `allocated` is not set");
        } else if (new Resource(stored).isBeingDeleted()
                && addsConsumer(consumers, before.path("reservedFor"))) {
            consumers.forbidden(
                    "new entries may not be added while `deallocationRequested` or"
                            + " `deletionTimestamp` are set");
        }
        if (allocation.isSet() && before.hasNonNull("allocation")) {
            allocation.immutable(before.path("allocation"));
        } else if (allocation.isSet()) {
            allocation(allocation, ClaimRules.RequestNames.of(claim.child("spec", "devices")));
        }
    }

    private static void consumer(Field consumer) {
        for (String name : List.of("resource", "name", "uid")) {
            if (consumer.text(name).isEmpty()) {
                consumer.child(name).required("");
            }
        }
    }

    private static boolean addsConsumer(Field consumers, JsonNode before) {
        Set<String> known = new TreeSet<>();
        before.forEach(each -> known.add(Resource.text(each, "uid")));
        return consumers.items().stream().anyMatch(each -> !known.contains(each.text("uid")));
    }

    private static void devices(Field status) {
        Set<String> allocated = new TreeSet<>();
        status.child("allocation", "devices")
                .child("results")
                .items()
                .forEach(each -> allocated.add(identity(each)));
        Field devices = status.child("devices");
        for (Field device : devices.items()) {
            DriverNames.check(device.child("driver"));
            DeviceNames.pool(device.child("pool"));
            DeviceNames.label(device.child("device"));
            share(device.child("shareID"));
            if (!allocated.contains(identity(device))) {
                device.invalidText(identity(device), "must be an allocated device in the claim");
            }
            Field conditions = device.child("conditions");
            DeviceNames.isShortEnough(conditions, MOST_CONDITIONS);
            ConditionRules.check(conditions);
            if (device.has("data")) {
                SelectorRules.parameters(device.child("data"), DATA_BYTES);
            }
            network(device.child("networkData"));
        }
        DeviceNames.eachOnce(devices.items(), ClaimStatusRules::identity);
    }

    private static void network(Field network) {
        atMost(network.child("interfaceName"), INTERFACE_BYTES);
        atMost(network.child("hardwareAddress"), HARDWARE_ADDRESS_BYTES);
        for (Field address : network.child("ips").items()) {
            if (!StrictAddressRules.isCidr(address.text())) {
                address.invalidText(
                        address.text(),
                        "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or"
                                + " 2001:db8::1/64)");
            }
        }
    }

    private static void atMost(Field text, int bytes) {
        if (Names.bytes(text.text()) > bytes) {
            text.tooLong(bytes);
        }
    }

    /** Compat: the lengths of all the forms in which {@code uuid.Validate} takes a UUID. */
    private static void share(Field share) {
        int length = Names.bytes(share.text());
        if (share.isSet() && !UUID_LENGTHS.contains(length)) {
            share.invalid("error validating uid: invalid UUID length: " + length);
        }
    }

    /** {@code driver/pool/device}, and the share where a device has several. */
    private static String identity(Field device) {
        String share = device.text("shareID");
        String id = device.text("driver") + "/" + device.text("pool") + "/" + device.text("device");
        return share.isEmpty() ? id : id + "/" + share;
    }

    private static void allocation(Field allocation, ClaimRules.RequestNames names) {
        Field results = allocation.child("devices", "results");
        if (DeviceNames.isShortEnough(results, MOST_RESULTS)) {
            results.items().forEach(each -> result(each, names));
        }
        Field config = allocation.child("devices", "config");
        if (DeviceNames.isShortEnough(config, 2 * SelectorRules.MOST_CONFIGS)) {
            for (Field each : config.items()) {
                each.child("source").oneOf(SOURCES);
                names.checkAll(each.child("requests"));
                SelectorRules.configuration(each);
            }
        }
        if (allocation.has("nodeSelector")) {
            AffinityRules.nodeSelector(allocation.child("nodeSelector"));
        }
    }

    private static void result(Field result, ClaimRules.RequestNames names) {
        names.check(result.child("request"));
        DriverNames.check(result.child("driver"));
        DeviceNames.pool(result.child("pool"));
        DeviceNames.label(result.child("device"));
        share(result.child("shareID"));
        BindingConditionRules.check(result);
    }
}
