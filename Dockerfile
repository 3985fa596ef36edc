# The node, built from source; the same image plays any role (MASUMI_ROLES).
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
# .dockerignore says what there is to copy.
COPY . .
ARG COMMIT=unknown
RUN --mount=type=cache,target=/root/.m2 mvn -q -B -Dformatter.skip=true -Dmaven.test.skip=true -Dmasumi.commit="$COMMIT" package

FROM eclipse-temurin:25-jre-noble
RUN useradd --system --create-home --home-dir /var/lib/masumi masumi \
    && install -d -o masumi -g masumi -m 700 /var/lib/masumi/data
COPY --from=build /src/api-gateway/target/masumi-node.jar /opt/masumi/masumi-node.jar
USER masumi
WORKDIR /var/lib/masumi
# Outside the container nobody reaches its loopback interface; who does reach it is for the published ports to say. Every role tells its
# health on the same port.
ENV MASUMI_DATA_DIR=/var/lib/masumi/data SERVER_ADDRESS=0.0.0.0 MASUMI_HEALTH_PORT=3001
VOLUME /var/lib/masumi/data
EXPOSE 3001
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/3001 && printf 'GET /api/v1/health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q success <&3"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:MaxRAMPercentage=70", \
    "-Djava.awt.headless=true", "-jar", "/opt/masumi/masumi-node.jar"]
