package dev.gantry.bench.hostile;

import dev.gantry.bench.client.Cluster;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An ordinary user: a service account that may do as it likes with ConfigMaps of a namespace. */
final class Guest {
    private static final String NAME = "guest";

    private Guest() {}

    /** Makes the account and its right; returns a token for an hour. */
    static String token(Cluster cluster, String namespace) {
        ClusterApi api = cluster.api();
        api.create(
                Resources.SERVICE_ACCOUNTS,
                object(namespace, "{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\"}"));
        api.create(
                Resources.ROLES,
                object(
                        namespace,
                        """
                        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role",\
                        "rules":[{"apiGroups":[""],"resources":["configmaps"],"verbs":["*"]}]}"""));
        api.create(
                Resources.ROLE_BINDINGS,
                object(
                        namespace,
                        """
                        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding",\
                        "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"guest"},\
                        "subjects":[{"kind":"ServiceAccount","name":"guest","namespace":"%s"}]}"""
                                .formatted(namespace)));
        var account = new ObjectKey(Resources.SERVICE_ACCOUNTS, namespace, NAME);
        ObjectNode wanted =
                tree(
                        """
                        {"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest",\
                        "spec":{"expirationSeconds":3600}}""");
        Resource given = api.createSubresource(account, "token", wanted);
        return given.tree().at("/status/token").asString("");
    }

    private static Resource object(String namespace, String json) {
        ObjectNode object = tree(json);
        object.putObject("metadata").put("name", NAME).put("namespace", namespace);
        return new Resource(object);
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
