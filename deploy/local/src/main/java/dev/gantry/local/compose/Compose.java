package dev.gantry.local.compose;

/** Names and numbers that stand in {@code docker-compose.yml}, too. */
final class Compose {
    static final String GATEWAY = "gateway";
    static final String GATEWAY_ADDRESS = "10.89.192.10";
    static final int API_PORT = 6443;
    static final String STATE = "state";
    static final int STATE_PORT = 7443;
    static final String KAFKA = "kafka:9092";
    static final String DATABASE = "jdbc:postgresql://postgres:5432/gantry";
    static final String SERVICE_RANGE = "10.96.0.0/16";

    /** A part of the containers' own network, as the next one: Docker gives out neither. */
    static final String POD_RANGE = "10.89.208.0/20";

    static final String BALANCER_RANGE = "10.89.194.0/24";
    static final String DNS_ADDRESS = "10.96.0.10";

    /** The users that processes run as: of our own images, and of PostgreSQL's and Kafka's. */
    static final int GANTRY_USER = 10_001;

    static final int POSTGRES_USER = 999;
    static final int KAFKA_USER = 1000;
    static final int ROOT = 0;

    private Compose() {}
}
