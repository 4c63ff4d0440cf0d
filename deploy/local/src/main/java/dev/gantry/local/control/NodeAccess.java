package dev.gantry.local.control;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What an agent may do on Kafka: read the wake-ups, write its facts, and nothing else. It cannot
 * read the change feed: objects come to it through the API, as far as its node identity may see
 * them.
 */
final class NodeAccess {
    private final KafkaSettings settings;

    NodeAccess(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Idempotent. {@code users} such as {@code system:node:node-1}. */
    void grant(List<String> users) throws InterruptedException, ExecutionException {
        Topics topics = settings.topics();
        List<AclBinding> wanted = new ArrayList<>();
        for (String user : users) {
            wanted.add(rule(user, topics.assignments(), AclOperation.READ));
            wanted.add(rule(user, topics.podStatus(), AclOperation.WRITE));
            wanted.add(rule(user, topics.heartbeats(), AclOperation.WRITE));
            wanted.add(rule(user, topics.usage(), AclOperation.WRITE));
        }
        try (Admin admin = Admin.create(new HashMap<>(settings.connection()))) {
            admin.createAcls(wanted).all().get();
        }
    }

    private static AclBinding rule(String user, String topic, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }
}
