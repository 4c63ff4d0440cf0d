package dev.gantry.cli.remedy;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Remedies for rules about what is attached to a pod: volumes and devices. Which of them is to
 * blame is found by trying one after another.
 */
final class Attachments {
    private static final String DEVICES = "DynamicResources";

    private Attachments() {}

    static List<List<Remedy>> forRule(Case each, String rule) {
        List<List<Remedy>> found = new ArrayList<>(effective(each, rule, provided(each)));
        found.addAll(effective(each, rule, left(each)));
        if (rule.equals(DEVICES)) {
            fewerDevices(each).ifPresent(remedy -> found.add(List.of(remedy)));
        }
        VictimChoice.among(each, rule, because(rule), inTheWay(each))
                .ifPresent(remedy -> found.add(List.of(remedy)));
        return found;
    }

    /** Each that is enough by itself; else all together, if they are. */
    private static List<List<Remedy>> effective(Case each, String rule, List<Remedy> all) {
        List<List<Remedy>> found = new ArrayList<>();
        for (Remedy one : all) {
            if (each.silences(rule, List.of(one))) {
                found.add(List.of(one));
            }
        }
        if (found.isEmpty() && all.size() > 1 && each.silences(rule, all)) {
            found.add(all);
        }
        return found;
    }

    /** What others would have to provide. */
    private static List<Remedy> provided(Case each) {
        List<Remedy> all = new ArrayList<>();
        String namespace = each.pod().namespace();
        for (String claim : claims(each.pod())) {
            all.addAll(StorageRemedy.forClaim(each.whatIf(), namespace, claim));
        }
        for (JsonNode reference : each.pod().spec().path("resourceClaims")) {
            String claim = Resource.text(reference, "resourceClaimName");
            if (!claim.isEmpty() && !each.whatIf().hasDeviceClaim(namespace, claim)) {
                all.add(new StorageRemedy.MakeDeviceClaim(namespace, claim));
            }
        }
        return all;
    }

    /** What the pod could do without. */
    private static List<Remedy> left(Case each) {
        List<Remedy> all = new ArrayList<>();
        for (JsonNode volume : each.pod().spec().path("volumes")) {
            String name = Resource.text(volume, "name");
            String claim = claim(volume);
            if (!claim.isEmpty()) {
                all.add(new PodRemedy.DropVolume(name, "claim " + claim));
            } else if (volume.has("ephemeral")) {
                all.add(new PodRemedy.DropVolume(name, "a claim of its own"));
            } else if (!volume.has("emptyDir") && !volume.has("hostPath")) {
                all.add(new PodRemedy.DropVolume(name, "inline"));
            }
        }
        for (JsonNode claim : each.pod().spec().path("resourceClaims")) {
            all.add(new PodRemedy.DropDevice(Resource.text(claim, "name")));
        }
        return all;
    }

    /** Of an extended resource that the node has no plugin for, as much as its devices can be. */
    private static Optional<Remedy> fewerDevices(Case each) {
        for (var asked : each.whatIf().askedOfDevices(each.pod()).entrySet()) {
            String resource = asked.getKey();
            long most =
                    Bisection.most(
                            0,
                            asked.getValue(),
                            few ->
                                    each.silences(
                                            DEVICES,
                                            List.of(
                                                    lowered(
                                                            each,
                                                            resource,
                                                            asked.getValue(),
                                                            few))));
            Remedy remedy = lowered(each, resource, asked.getValue(), most);
            if (each.silences(DEVICES, List.of(remedy))) {
                return Optional.of(remedy);
            }
        }
        return Optional.empty();
    }

    private static Remedy lowered(Case each, String resource, long asked, long most) {
        return new PodRemedy.LowerRequest(
                resource, asked, most, Requests.isOfOneContainer(each.pod().spec(), resource));
    }

    /** Who is on the node, and who uses the same claims elsewhere. */
    private static List<Resource> inTheWay(Case each) {
        Set<String> claims = claims(each.pod());
        List<Resource> all = new ArrayList<>(each.whatIf().podsOn(each.node()));
        if (claims.isEmpty()) {
            return all;
        }
        for (Resource pod : each.whatIf().pods()) {
            boolean isNeighbour = Resource.text(pod.spec(), "nodeName").equals(each.node());
            if (!isNeighbour
                    && pod.namespace().equals(each.pod().namespace())
                    && claims(pod).stream().anyMatch(claims::contains)) {
                all.add(pod);
            }
        }
        return all;
    }

    private static String because(String rule) {
        return switch (rule) {
            case "VolumeRestrictions" -> "that used the same volume";
            case "NodeVolumeLimits" -> "with volumes";
            case DEVICES -> "that held devices";
            default -> "";
        };
    }

    private static Set<String> claims(Resource pod) {
        Set<String> claims = new TreeSet<>();
        pod.spec().path("volumes").forEach(volume -> claims.add(claim(volume)));
        claims.remove("");
        return claims;
    }

    private static String claim(JsonNode volume) {
        return Resource.text(volume.path("persistentVolumeClaim"), "claimName");
    }
}
