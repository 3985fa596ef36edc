package io.masumi.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.gateway.HttpProbe.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import java.net.http.HttpRequest;

/** What the client hears when something is wrong (docs/api.md, "Manners"), over real HTTP. */
@Tag("slow")
@Isolated("reads what the whole process prints")
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class ErrorsTest {

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;
    private HttpProbe http;

    @BeforeEach
    void client() {
        http = new HttpProbe(port);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /payment   | "inputHash":"%64"    | "inputHash":"nothex"                             | inputHash must be lower-case hex of whole bytes
            /payment   | "inputHash":"%64"    | "inputHash":"ABCD"                               | inputHash must be lower-case hex of whole bytes
            /payment   | "inputHash":"%64"    | "inputHash":null                                 | inputHash is missing
            /payment   | "inputHash":"%64"    | "inputHash":12                                   | inputHash must be a string
            /payment   | "network":"Preprod"  | "network":"Nowhere"                              | network must be one of Preprod, Mainnet
            /payment   | "network":"Preprod"  | "network":1                                      | network must be
            /payment   | "network":"Preprod"  | "network":"Preprod","network":"Mainnet"          | not JSON
            /payment   | "network":"Preprod"  | "network":"Preprod","agentIdentifier":"short"    | not JSON
            /payment   | "0123456789abcdef"   | "0123456789abcde"                                | identifierFromPurchaser must be lower-case hex
            /payment   | "0123456789abcdef"   | "0123"                                           | identifierFromPurchaser must have 14 to 26 characters
            /payment   | "network":"Preprod"  | "network":"Preprod","payByTime":"tomorrow"       | payByTime must be a string with an ISO-8601
            /payment   | "network":"Preprod"  | "network":"Preprod","RequestedFunds":[{"unit":"","amount":"1"},{"unit":""}] | RequestedFunds[1].amount is missing
            /payment   | "network":"Preprod"  | "network":"Preprod","RequestedFunds":[{"unit":"","amount":"-1"}]            | RequestedFunds[0].amount must be
            /payment   | "network":"Preprod"  | "network":"Preprod","RequestedFunds":"all"       | RequestedFunds must be a list
            /payment   | "network":"Preprod"  | "network":"Preprod","supportedPaymentSourceIndex":25 | supportedPaymentSourceIndex must be at most 24
            /purchase  | "payByTime":"1"      | "payByTime":1                                    | payByTime must be a string
            /purchase  | "payByTime":"1"      | "payByTime":"soon"                               | payByTime must be Unix milliseconds
            /purchase  | "sellerVkey":"a      | "sellerVkey":"x                                  | sellerVkey must be 56 hex digits
            /purchase  | "abcd"               | "abcd"                                           | blockchainIdentifier
            /registry  | "Tags":["a"]         | "Tags":[]                                        | Tags must have 1 to 15 entries
            /payment   | "network":"Preprod"  | "network":"Preprod","metadata":"a\\u0000b"        | metadata must not contain the character U+0000
            /payment   | "network":"Preprod"  | "network":"Preprod","metadata":"\\ud83d"          | half a surrogate pair
            /payment   | "network":"Preprod"  | "network":"Preprod","payByTime":12               | payByTime must be a string with an ISO-8601 date
            /payment   | "network":"Preprod"  | "network":"Preprod","payByTime":{"a":1}          | payByTime must be a string with an ISO-8601 date
            /payment   | "network":"Preprod"  | "network":"Preprod","sellerReturnAddress":"nowhere" | sellerReturnAddress: 'nowhere' is not a payment address
            /registry  | "Tags":["a"]         | "Tags":["a\\u0000"]                               | Tags[0] must not contain the character U+0000
            /registry  | "Author":{"name":"n"} | "Author":{"name":"\\ud800"}                       | Author.name must not contain
            /registry  | "Tags":["a"]         | "Tags":["a"],"recipientWalletAddress":"addr_test1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq" | recipientWalletAddress
            /registry  | "Author":{"name":"n"} | "Author":{}                                     | Author.name is missing
            /registry  | "ExampleOutputs":[]  | "ExampleOutputs":[{"name":"n","url":"u"}]        | ExampleOutputs[0].mimeType is missing
            /registry  | "apiBaseUrl":"https://agent.example.com" | "apiBaseUrl":"no url"        | apiBaseUrl must be a URL
            /registry  | "AgentPricing":      | "OtherPricing":                                  | AgentPricing is missing
            /registry  | "amount":"1000000"   | "amount":"0"                                     | AgentPricing.Pricing must name an amount above 0
            """)
    void namesTheMemberAndWhy(String path, String valid, String wrong, String expected) {
        String body = switch (path) {
            case "/payment" -> AccessTest.payment("Preprod");
            case "/purchase" -> AccessTest.purchase("Preprod");
            default -> AccessTest.registration("Preprod");
        };
        String spoilt = body.replace(valid.replace("%64", "0".repeat(64)), wrong);
        Answer answer = http.post("/api/v1" + path, spoilt, GatewayTest.ADMIN_KEY);
        assertEnvelope(answer, 400);
        assertThat(answer.error()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /payment                                | network is missing
            /payment?network=Venus                  | network must be one of Preprod, Mainnet
            /payment?network=Preprod&limit=0        | limit must be at least 1
            /payment?network=Preprod&limit=101      | limit must be at most 100
            /purchase?network=Preprod&limit=ten     | limit must be a whole number
            /purchase?network=Preprod&filterOnChainState=Lost | filterOnChainState must be one of FundsLocked
            /registry?network=Preprod&filterAgentIdentifier=short | filterAgentIdentifier must have 57 to 250 characters
            /registry/wallet?network=Preprod&walletVkey=xy | walletVkey must be 56 hex digits
            /registry/diff?network=Preprod&lastUpdate=yesterday | lastUpdate must be a string with an ISO-8601 date
            /registry/diff?network=Preprod&limit=101 | limit must be at most 100
            /registry/count                         | network is missing
            /utxos?network=Preprod&address=nowhere  | address must be a bech32 address
            /utxos?network=Preprod&address=addr_test1nowhere | address: 'addr_test1nowhere' is not a payment address
            /balance?network=Preprod&address=addr_test1nowhere | address: 'addr_test1nowhere' is not a payment address
            /payment?network=Preprod&searchQuery=%00 | searchQuery must not contain the character U+0000
            /wallet/list?cursorId=%00               | cursorId must not contain the character U+0000
            /payment?network=Preprod&searchQuery=%ff | not correctly encoded
            /wallet/list?walletType=Wooden          | walletType must be one of Selling, Purchasing, Funding
            /api-key?take=1000                      | take must be at most 100
            """)
    void namesTheParameterAndWhy(String path, String expected) {
        Answer answer = http.get("/api/v1" + path, GatewayTest.ADMIN_KEY);
        assertEnvelope(answer, 400);
        assertThat(answer.error()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-1", "\"\"", "\" \"", "\"yes\"", "1.0", "[]", "{}"})
    void makesNobodyAnAdminByWhatIsNeitherTrueNorFalse(String flag) {
        Answer answer = http.post("/api/v1/api-key", "{\"UsageCredits\":[],\"canAdmin\":" + flag + "}", GatewayTest.ADMIN_KEY);
        assertEnvelope(answer, 400);
        assertThat(answer.error()).contains("canAdmin must be true or false");
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
        assertThat(http.get("/api/v1/payment?network=Preprod&colour=green", GatewayTest.ADMIN_KEY).status()).isEqualTo(200);
        assertThat(http.post("/api/v1/api-key", "{\"UsageCredits\":[],\"colour\":{\"x\":[1]}}", GatewayTest.ADMIN_KEY).status())
                .isEqualTo(200);
    }

    @Test
    void listsNothingAsNothing() {
        assertThat(http.get("/api/v1/payment?network=Preprod", GatewayTest.ADMIN_KEY).text())
                .isEqualTo("{\"status\":\"success\",\"data\":{\"Payments\":[]}}");
        assertThat(http.get("/api/v1/purchase?network=Preprod", GatewayTest.ADMIN_KEY).data().path("Purchases").isArray()).isTrue();
        assertThat(http.get("/api/v1/registry?network=Preprod", GatewayTest.ADMIN_KEY).data().path("Assets").isArray()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"/payment/submit-result", "/payment/authorize-refund", "/payment/resolve-blockchain-identifier",
            "/purchase/request-refund", "/purchase/cancel-refund-request", "/purchase/resolve-blockchain-identifier"})
    void findsNoRecordOfAnUnknownIdentifier(String path) {
        Answer answer = http.post("/api/v1" + path, "{\"network\":\"Preprod\",\"blockchainIdentifier\":\"abcd\",\"submitResultHash\":\""
                + "0".repeat(64) + "\"}", GatewayTest.ADMIN_KEY);
        assertEnvelope(answer, 404);
        assertThat(answer.error()).contains("blockchainIdentifier");
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/v1/nothing,404", "GET,/nothing,404", "GET,/api/v1/pay%00ment,400", "GET,/api/v1/%ff,400",
            "GET,/api/v1/payment/submit-result,405", "DELETE,/api/v1/payment,405",
            "TRACE,/api/v1/payment,405"})
    void answersWrongPathsAndMethodsInTheEnvelope(String method, String path, int status) {
        assertEnvelope(http.send(method, path, null, GatewayTest.ADMIN_KEY, null), status);
    }

    @Test
    void answersWrongBodiesInTheEnvelope() {
        assertEnvelope(http.send("POST", "/api/v1/api-key", "a=b", GatewayTest.ADMIN_KEY, "application/x-www-form-urlencoded"), 415);
        for (String body : new String[]{"", "{", "[]", "\"text\"", "{} {}", "null", "{\"UsageCredits\":" + "[".repeat(200)}) {
            assertEnvelope(http.post("/api/v1/api-key", body, GatewayTest.ADMIN_KEY), 400);
        }
        Answer huge = http.post("/api/v1/api-key", "{\"x\":\"" + "y".repeat(1_100_000) + "\"}", GatewayTest.ADMIN_KEY);
        assertEnvelope(huge, 400);
        assertThat(huge.error()).contains("too large").doesNotContain("Constraints", "StreamRead");
        for (String much : new String[]{"{\"" + "n".repeat(60_000) + "\":1}", "{\"usageLimited\":" + "1".repeat(2_000) + "}",
                "{\"UsageCredits\":[{\"unit\":\"\",\"amount\":" + "1".repeat(2_000) + "}]}"}) {
            Answer refused = http.post("/api/v1/api-key", much, GatewayTest.ADMIN_KEY);
            assertEnvelope(refused, 400);
            assertThat(refused.error()).doesNotContain("Constraints", "StreamRead", "11111");
        }
    }

    @Test
    void keepsASaneCorrelationIdOfTheClient() {
        HttpRequest.Builder request = java.net.http.HttpRequest.newBuilder(http.uri("/api/v1/health"));
        assertThat(http.send(request.copy().header("X-Correlation-Id", "order-4711-abc").build()).headers().firstValue("X-Correlation-Id"))
                .contains("order-4711-abc");
        assertThat(http.send(request.copy().header("X-Correlation-Id", "<script>alert(1)</script>").build()).headers()
                .firstValue("X-Correlation-Id")).get().asString().doesNotContain("<");
    }

    @Test
    void servesItsDescriptionAndPages() {
        Answer description = http.get("/docs/openapi.json", null);
        assertThat(description.status()).isEqualTo(200);
        assertThat(description.json().path("paths").has("/api/v1/purchase")).isTrue();
        assertThat(description.text()).contains("\"identifierFromPurchaser\"", "\"RequestedFunds\"").doesNotContain("\"Caller\"");
        assertThat(http.get("/docs", null).status()).isIn(200, 302);
        Answer admin = http.get("/admin", null);
        assertThat(admin.status()).isEqualTo(200);
        assertThat(admin.text()).contains("<title>Masumi node</title>").doesNotContain("http://", "https://");
    }

    /** As on a full disk: that is no conflict, and the same request does it when there is room. */
    @Test
    void whatTheDatabaseDoesNotTakeIsNoConflictAndCanBeSentAgain(CapturedOutput output) {
        jdbc.sql("""
                CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$""").update();
        jdbc.sql("CREATE TRIGGER no_room BEFORE INSERT ON DomainEventEntry FOR EACH ROW EXECUTE FUNCTION no_room()").update();
        String key = "{\"UsageCredits\":[]}";
        try {
            Answer refused = http.post("/api/v1/api-key", key, GatewayTest.ADMIN_KEY);
            assertEnvelope(refused, 503);
            assertThat(refused.error()).contains("send it again").doesNotContain("file", "device", "reuse");
            assertThat(output.getOut()).contains("No space left on device").doesNotContain("Cannot reuse", "INSERT INTO");
        } finally {
            jdbc.sql("DROP TRIGGER no_room ON DomainEventEntry").update();
        }
        assertThat(http.post("/api/v1/api-key", key, GatewayTest.ADMIN_KEY).status()).isEqualTo(200);
    }

    private static void assertEnvelope(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-Correlation-Id")).isPresent();
        assertThat(answer.json().path("status").asString()).isEqualTo("error");
        assertThat(answer.error()).isNotBlank();
        assertThat(answer.text()).doesNotContain("Exception", "\\tat ", "org.springframework", "timestamp");
    }
}
