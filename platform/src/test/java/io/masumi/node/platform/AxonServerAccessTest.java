package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.net.ssl.KeyManagerFactory;

import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;

import io.axoniq.axonserver.grpc.control.ClientIdentification;
import io.axoniq.axonserver.grpc.control.PlatformInfo;
import io.axoniq.axonserver.grpc.control.PlatformServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.StreamObserver;
import io.masumi.node.testing.TestPostgres;

/** The connector's settings for TLS and token get through, on a server with a certificate of the test's own. */
@Tag("slow")
@Timeout(60)
class AxonServerAccessTest {

    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("AxonIQ-Access-Token", Metadata.ASCII_STRING_MARSHALLER);
    private static final String PASSWORD = "of-a-test";

    @TempDir
    Path scratch;

    private final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
    private Server server;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Node {}

    @BeforeEach
    void serve() throws Exception {
        keytool("-genkeypair", "-alias", "axon", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-keystore",
                keystore().toString(), "-storetype", "PKCS12");
        keytool("-exportcert", "-rfc", "-alias", "axon", "-keystore", keystore().toString(), "-file", certificate().toString());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(keystore().toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getByName("localhost"), 0))
                .sslContext(GrpcSslContexts.configure(SslContextBuilder.forServer(keys)).build())
                .addService(new PlatformServiceGrpc.PlatformServiceImplBase() {
                    @Override
                    public void getPlatformServer(ClientIdentification client, StreamObserver<PlatformInfo> reply) {
                        reply.onNext(PlatformInfo.newBuilder().setSameConnection(true).build());
                        reply.onCompleted();
                    }
                }).intercept(new ServerInterceptor() {
                    @Override
                    public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
                            ServerCallHandler<Q, R> handler) {
                        tokens.add(String.valueOf(headers.get(TOKEN)));
                        return handler.startCall(call, headers);
                    }
                }).build().start();
    }

    @AfterEach
    void end() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    @Test
    void theTokenIsSentToTheServerThatTheCertificateIsOf() throws Exception {
        connect("axon.axonserver.ssl-enabled=true", "axon.axonserver.cert-file=" + certificate(), "axon.axonserver.token=the token");

        assertThat(tokens.poll(30, TimeUnit.SECONDS)).isEqualTo("the token");
    }

    @Test
    void aServerWithAnotherCertificateGetsNothing() throws Exception {
        connect("axon.axonserver.ssl-enabled=true", "axon.axonserver.token=the token");

        assertThat(tokens.poll(2, TimeUnit.SECONDS)).isNull();
    }

    private void connect(String... settings) {
        EnvironmentPostProcessor defaults = new PlatformDefaults();
        new ApplicationContextRunner()
                .withInitializer(context -> defaults.postProcessEnvironment(context.getEnvironment(), null))
                .withPropertyValues("axon.axonserver.enabled=true", "masumi.database.url=" + TestPostgres.newDatabase(),
                        "axon.axonserver.servers=localhost:" + server.getPort())
                .withPropertyValues(settings)
                .withBean("lifecycleProcessor", DefaultLifecycleProcessor.class, NothingStarts::new)
                .withUserConfiguration(Node.class)
                .run(context -> {
                    AxonServerConnectionManager connections = context.getBean(AxonServerConnectionManager.class);
                    connections.start();
                    try {
                        connections.getConnection();
                    } finally {
                        connections.shutdown();
                    }
                });
    }

    private Path keystore() {
        return scratch.resolve("keys.p12");
    }

    private Path certificate() {
        return scratch.resolve("certificate.pem");
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()),
                Stream.concat(Stream.of(arguments), Stream.of("-storepass", PASSWORD))).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(scratch.resolve("keytool.log").toFile())).start();
        assertThat(process.waitFor()).isZero();
    }

    private static final class NothingStarts extends DefaultLifecycleProcessor {

        @Override
        public void onRefresh() {}
    }
}
