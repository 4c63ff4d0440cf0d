package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.log.Samples;
import dev.gantry.state.shell.api.TestApi.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WritesTest {
    private static final String REVISION = "/metadata/resourceVersion";
    private static final String MAPS = "/api/v1/namespaces/shop/configmaps";
    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
    }

    private static String map(String metadata, String data) {
        return "{\"metadata\":{" + metadata + "},\"data\":{" + data + "}}";
    }

    @Test
    void createdObjectGetsItsIdentityAndIsFoundAgain() {
        Answer created = api.post(MAPS, map("\"name\":\"a\"", "\"k\":\"v\""));

        assertThat(created.code()).isEqualTo(201);
        assertThat(created.text("/kind")).isEqualTo("ConfigMap");
        assertThat(created.text("/metadata/namespace")).isEqualTo("shop");
        assertThat(created.text("/metadata/uid")).hasSize(36);
        assertThat(created.text("/metadata/creationTimestamp")).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(created.text("/metadata/resourceVersion")).isNotEmpty();
        assertThat(api.get(MAPS + "/a").body()).isEqualTo(created.body());
    }

    @Test
    void generatedNameKeepsItsPrefixAndGetsFiveCharacters() {
        Answer created = api.post(MAPS, map("\"generateName\":\"job-\"", ""));

        assertThat(created.text("/metadata/name")).matches("job-[bcdfghjklmnpqrstvwxz2456789]{5}");
    }

    @Test
    void secondCreationOfANameIsRefused() {
        api.post(MAPS, map("\"name\":\"a\"", ""));

        Answer again = api.post(MAPS, map("\"name\":\"a\"", ""));

        assertThat(again.code()).isEqualTo(409);
        assertThat(again.text("/reason")).isEqualTo("AlreadyExists");
        assertThat(again.message()).isEqualTo("configmaps \"a\" already exists");
    }

    @Test
    void whatIsSealedWithAnOldKeyIsStoredAnewByAWriteThatChangesNothing() {
        api.post(MAPS, map("\"name\":\"a\"", "\"k\":\"v\""));
        Answer before = api.get(MAPS + "/a");
        Answer asItWas = api.put(MAPS + "/a", before.body().toString());
        assertThat(asItWas.text(REVISION)).isEqualTo(before.text(REVISION));

        api.log.outdatedSeals.add(Samples.key(Kinds.CONFIG_MAP, "shop", "a"));
        Answer anew = api.put(MAPS + "/a", before.body().toString());
        assertThat(anew.code()).isEqualTo(200);
        assertThat(anew.text(REVISION)).isNotEqualTo(before.text(REVISION));
        assertThat(api.get(MAPS + "/a").text(REVISION)).isEqualTo(anew.text(REVISION));
    }

    @Test
    void namelessObjectIsInvalid() {
        Answer refused = api.post(MAPS, map("", ""));

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .isEqualTo(
                        "ConfigMap \"\" is invalid: metadata.name: Required value: name or"
                                + " generateName is required");
    }

    @Test
    void nothingIsCreatedInANamespaceThatIsNotThere() {
        Answer refused = api.post("/api/v1/namespaces/gone/configmaps", map("\"name\":\"a\"", ""));

        assertThat(refused.code()).isEqualTo(404);
        assertThat(refused.message()).isEqualTo("namespaces \"gone\" not found");
    }

    @Test
    void namespaceOfTheBodyMustBeThatOfTheUrl() {
        Answer refused = api.post(MAPS, map("\"name\":\"a\",\"namespace\":\"other\"", ""));

        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.message())
                .isEqualTo(
                        "the namespace of the provided object does not match the namespace sent on"
                                + " the request");
    }

    @Test
    void staleUpdateIsRefusedAndAFreshOneIsTaken() {
        String first = api.post(MAPS, map("\"name\":\"a\"", "")).text("/metadata/resourceVersion");
        String pinned = "\"name\":\"a\",\"resourceVersion\":\"" + first + "\"";

        Answer taken = api.put(MAPS + "/a", map(pinned, "\"k\":\"1\""));
        Answer stale = api.put(MAPS + "/a", map(pinned, "\"k\":\"2\""));

        assertThat(taken.code()).isEqualTo(200);
        assertThat(stale.code()).isEqualTo(409);
        assertThat(stale.message())
                .isEqualTo(
                        "Operation cannot be fulfilled on configmaps \"a\": the object has been"
                                + " modified; please apply your changes to the latest version and"
                                + " try again");
        assertThat(api.get(MAPS + "/a").text("/data/k")).isEqualTo("1");
    }

    @Test
    void updateThatChangesNothingKeepsTheRevision() {
        Answer created = api.post(MAPS, map("\"name\":\"a\"", "\"k\":\"v\""));

        Answer again = api.put(MAPS + "/a", map("\"name\":\"a\"", "\"k\":\"v\""));

        assertThat(again.text("/metadata/resourceVersion"))
                .isEqualTo(created.text("/metadata/resourceVersion"));
    }

    @Test
    void dryRunShowsTheObjectAndKeepsNothing() {
        Answer shown = api.post(MAPS + "?dryRun=All", map("\"name\":\"a\"", ""));

        assertThat(shown.code()).isEqualTo(201);
        assertThat(shown.text("/metadata/uid")).isNotEmpty();
        assertThat(api.get(MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void unknownFieldIsWarnedOfOrRefusedAsAsked() {
        String odd = "{\"metadata\":{\"name\":\"a\"},\"colour\":1}";

        Answer strict = api.post(MAPS + "?fieldValidation=Strict", odd);
        Answer warned = api.post(MAPS, odd);

        assertThat(strict.code()).isEqualTo(400);
        assertThat(strict.message()).contains("strict decoding error: unknown field \"colour\"");
        assertThat(warned.code()).isEqualTo(201);
        assertThat(warned.headers().get("Warning"))
                .isEqualTo("299 - \"unknown field \\\"colour\\\"\"");
    }

    @Test
    void aStrictPatchShowsTheObjectThatItMade() {
        api.post(MAPS, map("\"name\":\"a\"", ""));
        String twice = "{\"data\":{\"k\":\"v\",\"k\":\"w\"},\"colour\":1}";
        String strict = MAPS + "/a?fieldValidation=Strict";

        Answer refused = api.patch(strict, "merge-patch+json", twice);
        Answer warned = api.patch(MAPS + "/a", "merge-patch+json", twice);

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .startsWith(" \"\" is invalid: patch: Invalid value: \"{\\\"apiVersion\\\"")
                .contains("\\\"k\\\":\\\"w\\\"")
                .endsWith(
                        "strict decoding error: duplicate field \"data.k\", unknown field"
                                + " \"colour\"");
        assertThat(warned.code()).isEqualTo(200);
        assertThat(warned.headers().get("Warning"))
                .contains("duplicate field", "\"\n299 - \"", "unknown field");
    }

    @Test
    void mergePatchChangesWhatItNames() {
        api.post(MAPS, map("\"name\":\"a\"", "\"k\":\"v\",\"l\":\"w\""));

        Answer patched =
                api.patch(MAPS + "/a", "merge-patch+json", "{\"data\":{\"k\":null,\"m\":\"x\"}}");

        assertThat(patched.code()).isEqualTo(200);
        assertThat(patched.at("/data").toString()).isEqualTo("{\"l\":\"w\",\"m\":\"x\"}");
    }

    @Test
    void deletionAnswersWithAStatusThatNamesTheObject() {
        Answer created = api.post(MAPS, map("\"name\":\"a\"", ""));

        Answer deleted = api.delete(MAPS + "/a");

        assertThat(deleted.code()).isEqualTo(200);
        assertThat(deleted.text("/status")).isEqualTo("Success");
        assertThat(deleted.text("/details/kind")).isEqualTo("configmaps");
        assertThat(deleted.text("/details/uid")).isEqualTo(created.text("/metadata/uid"));
        assertThat(api.get(MAPS + "/a").message()).isEqualTo("configmaps \"a\" not found");
    }

    @Test
    void finalizerKeepsADeletedObjectUntilItGoes() {
        api.post(MAPS, map("\"name\":\"a\",\"finalizers\":[\"example.com/hold\"]", ""));

        Answer marked = api.delete(MAPS + "/a");
        Answer freed = api.put(MAPS + "/a", map("\"name\":\"a\"", ""));

        assertThat(marked.code()).isEqualTo(200);
        assertThat(marked.text("/metadata/deletionTimestamp")).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asInt(-1)).isZero();
        assertThat(freed.code()).isEqualTo(200);
        assertThat(api.get(MAPS + "/a").code()).isEqualTo(404);
    }

    @Test
    void unknownPathsMethodsAndFormatsAreRefused() {
        assertThat(api.get("/apis/none.example.com/v1/things").code()).isEqualTo(404);
        assertThat(api.ask("PUT", MAPS, "{}", "application/json").code()).isEqualTo(405);
        assertThat(api.ask("POST", MAPS, "x", "text/plain").code()).isEqualTo(415);
        assertThat(api.raw("GET", MAPS, "", java.util.Map.of("accept", "image/png")).code())
                .isEqualTo(406);
        assertThat(api.post(MAPS, "x".repeat(3 * 1024 * 1024 + 1)).code()).isEqualTo(413);
    }
}
