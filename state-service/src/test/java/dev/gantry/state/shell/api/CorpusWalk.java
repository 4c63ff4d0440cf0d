package dev.gantry.state.shell.api;

import dev.gantry.state.kind.Transcript;
import dev.gantry.state.shell.api.Corpus.Exchange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each verb once, on one object: how it is created, watched, replaced, patched in each way,
 * applied, scaled, given a status, and deleted.
 *
 * @param path of the collection
 * @param parts subresources that the kind has, of {@code status} and {@code scale}
 * @param object with its kind; its status is what is written through the subresource
 */
record CorpusWalk(String title, String path, List<String> parts, ObjectNode object) {
    private static final String MARK = "{metadata: {labels: {walk: corpus}}}";
    private static final String MARKED = "?labelSelector=walk%3Dcorpus";
    private static final String SINCE = "&resourceVersion={revision}";
    private static final String INITIAL =
            "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";

    List<Exchange> exchanges() {
        ObjectNode status = yaml("{}");
        status.set("status", object.path("status").deepCopy());
        ObjectNode bare = Transcript.overlay(object, yaml(MARK));
        bare.remove("status");
        String name = object.at("/metadata/name").asString();
        String one = path + "/" + name;
        List<Exchange> all = new ArrayList<>();
        all.add(exchange("before it is there", "GET", path + MARKED, null));
        creations(bare, all);
        watches(all);
        changes(one, bare, all);
        if (parts.contains("status")) {
            statuses(one + "/status", bare, status, all);
        }
        if (parts.contains("scale")) {
            scales(one + "/scale", name, all);
        }
        all.add(exchange("at last", "GET", one, null));
        deletions(one, bare, all);
        if (!title.endsWith(Corpus.BUT_STATUS)) {
            all.add(watch("watched throughout", "GET+metadata", SINCE));
        }
        return all;
    }

    /** What there is, and then that this was all. */
    private void watches(List<Exchange> all) {
        all.add(watch("watched", "GET", INITIAL));
        all.add(watch("watched in rows", "GET+table", INITIAL));
        all.add(watch("watched without its contents", "GET+metadata", INITIAL));
    }

    private Exchange watch(String what, String how, String options) {
        return exchange(what, how, path + MARKED + "&watch=true&timeoutSeconds=2" + options, null);
    }

    private void creations(ObjectNode bare, List<Exchange> all) {
        all.add(exchange("on trial", "POST", path + "?dryRun=All&fieldManager=creator", bare));
        all.add(exchange("created", "POST", path + "?fieldManager=creator", bare));
        all.add(exchange("created again", "POST", path, bare));
        ObjectNode odd = bare.deepCopy().put("oddity", 1);
        all.add(exchange("with an unknown field", "POST", path + "?fieldValidation=Strict", odd));
    }

    private void changes(String one, ObjectNode bare, List<Exchange> all) {
        ObjectNode labelled = Transcript.overlay(bare, yaml("{metadata: {labels: {a: b}}}"));
        ObjectNode other = Transcript.overlay(bare, yaml("{metadata: {labels: {a: c}}}"));
        ObjectNode renamed = Transcript.overlay(bare, yaml("{metadata: {name: other}}"));
        all.add(exchange("as a row", "GET+table", one, null));
        all.add(exchange("replaced", "PUT", one + "?fieldManager=replacer", labelled));
        all.add(exchange("replaced under another name", "PUT", one, renamed));
        all.add(exchange("merged", "PATCH+merge", one, yaml("{metadata: {labels: {b: c}}}")));
        all.add(
                exchange(
                        "patched strategically",
                        "PATCH+strategic",
                        one,
                        yaml("{metadata: {labels: {c: d}}}")));
        JsonNode step = step("/metadata/labels/d", JsonNodeFactory.instance.stringNode("e"));
        all.add(exchange("patched step by step", "PATCH+json", one, step));
        String applied = one + "?fieldManager=applier";
        all.add(exchange("applied", "PATCH+apply", applied, labelled));
        all.add(exchange("applied in conflict" + Corpus.ANY_ORDER, "PATCH+apply", applied, other));
        all.add(exchange("applied by force", "PATCH+apply", applied + "&force=true", other));
    }

    private void statuses(String at, ObjectNode bare, ObjectNode status, List<Exchange> all) {
        ObjectNode whole = Transcript.overlay(bare, status);
        ObjectNode identity = yaml("{}");
        for (String each : List.of("apiVersion", "kind")) {
            identity.set(each, bare.path(each));
        }
        identity.putObject("metadata").set("name", bare.at("/metadata/name"));
        all.add(exchange("its status", "GET", at, null));
        all.add(exchange("status replaced", "PUT", at + "?fieldManager=controller", whole));
        all.add(exchange("status merged", "PATCH+merge", at + "?fieldManager=merger", status));
        all.add(exchange("status patched strategically", "PATCH+strategic", at, status));
        all.add(
                exchange(
                        "status patched step by step",
                        "PATCH+json",
                        at,
                        step("/status", status.path("status"))));
        all.add(
                exchange(
                        "status applied",
                        "PATCH+apply",
                        at + "?fieldManager=applier&force=true",
                        Transcript.overlay(identity, status)));
    }

    private void scales(String at, String name, List<Exchange> all) {
        all.add(exchange("its scale", "GET", at, null));
        all.add(exchange("its scale as a row", "GET+table", at, null));
        all.add(exchange("scaled by another scale", "PUT", at, scale(name, 2)));
        all.add(exchange("scaled by a merge", "PATCH+merge", at, yaml("{spec: {replicas: 3}}")));
        all.add(
                exchange(
                        "scaled strategically",
                        "PATCH+strategic",
                        at,
                        yaml("{spec: {replicas: 4}}")));
        JsonNode five = JsonNodeFactory.instance.numberNode(5);
        all.add(exchange("scaled step by step", "PATCH+json", at, step("/spec/replicas", five)));
        all.add(
                exchange(
                        "scaled by an apply",
                        "PATCH+apply",
                        at + "?fieldManager=applier&force=true",
                        scale(name, 6)));
        all.add(exchange("scaled to less than nothing", "PUT", at, scale(name, -1)));
    }

    private void deletions(String one, ObjectNode bare, List<Exchange> all) {
        all.add(exchange("deleted on trial", "DELETE", one + "?dryRun=All", null));
        all.add(
                exchange(
                        "deleted as somebody else",
                        "DELETE",
                        one,
                        yaml("{preconditions: {uid: other}}")));
        all.add(exchange("deleted", "DELETE", one, null));
        all.add(exchange("no longer there", "GET", one, null));
        all.add(exchange("applied anew", "PATCH+apply", one + "?fieldManager=applier", bare));
        all.add(exchange("all deleted", "DELETE", path + MARKED, null));
    }

    private Exchange exchange(String what, String method, String where, @Nullable JsonNode body) {
        return title.endsWith(Corpus.BUT_STATUS)
                ? Corpus.exchange(
                        title.replace(Corpus.BUT_STATUS, ", " + what + Corpus.BUT_STATUS),
                        method,
                        where,
                        body)
                : Corpus.exchange(title + ", " + what, method, where, body);
    }

    private static ObjectNode scale(String name, int replicas) {
        return yaml(
                "{apiVersion: autoscaling/v1, kind: Scale, metadata: {name: %s, namespace: corpus}, spec: {replicas: %d}}"
                        .formatted(name, replicas));
    }

    private static JsonNode step(String where, JsonNode value) {
        var steps = JsonNodeFactory.instance.arrayNode();
        steps.addObject().put("op", "add").put("path", where).set("value", value);
        return steps;
    }

    private static ObjectNode yaml(String text) {
        return Transcript.yaml(text);
    }
}
