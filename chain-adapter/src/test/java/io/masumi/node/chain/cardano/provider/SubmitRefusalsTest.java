package io.masumi.node.chain.cardano.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Texts of refusals as nodes, Ogmios and the development network write them. */
class SubmitRefusalsTest {

    @Test
    void spentInputs() {
        assertGone("transaction submit error ShelleyTxValidationError ShelleyBasedEraConway (ApplyTxError (ConwayUtxowFailure (UtxoFailure "
                + "(BadInputsUTxO (fromList [TxIn (TxId {unTxId = SafeHash \"ab\"}) (TxIx {unTxIx = 0})]))) :| [ConwayUtxowFailure (UtxoFailure "
                + "(ValueNotConservedUTxO (Mismatch {mismatchSupplied = MaryValue (Coin 0), mismatchExpected = MaryValue (Coin 1)})))]))");
        assertGone("{\"tag\":\"TxSubmitFail\",\"contents\":{\"contents\":{\"error\":[\"ConwayMempoolFailure \\\"All inputs are spent. "
                + "Transaction has probably already been included\\\"\"]}}}");
        assertGone("The transaction contains unknown UTxO references as inputs. This can happen if the inputs you're trying to spend have "
                + "already been spent");
    }

    @Test
    void overInTime() {
        String node = "ApplyTxError (ConwayUtxowFailure (UtxoFailure (OutsideValidityIntervalUTxO (ValidityInterval {invalidBefore = SJust "
                + "(SlotNo 100), invalidHereafter = SJust (SlotNo 200)}) (SlotNo %d))) :| [])";
        assertThat(SubmitRefusals.outcome(node.formatted(200))).isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> {
            assertThat(refused.expired()).isTrue();
            assertThat(refused.inputsGone()).isFalse();
        });
        assertThat(SubmitRefusals.outcome(node.formatted(99))).isInstanceOf(SubmitOutcome.NotYetValid.class);

        String ogmios = "The transaction is outside of its validity interval. It was either submitted too early or too late. "
                + "{\"validityInterval\":{\"invalidBefore\":100,\"invalidAfter\":200},\"currentSlot\":%d}";
        assertThat(SubmitRefusals.outcome(ogmios.formatted(250))).isInstanceOfSatisfying(SubmitOutcome.Refused.class,
                refused -> assertThat(refused.expired()).isTrue());
        assertThat(SubmitRefusals.outcome(ogmios.formatted(50))).isInstanceOf(SubmitOutcome.NotYetValid.class);
        assertThat(SubmitRefusals.outcome(ogmios.formatted(50).replace("\"", "\\\""))).isInstanceOf(SubmitOutcome.NotYetValid.class);
    }

    @Test
    void bytesThatAreNoTransaction() {
        assertUndecodable("\"transaction read error RawCborDecodeError [DecoderErrorDeserialiseFailure \\\"Shelley Tx\\\" "
                + "(DeserialiseFailure 43 \\\"An error occured while decoding not a valid key:.\\\")]\"");
        assertUndecodable(
                "{\"tag\":\"TxSubmitFail\",\"contents\":{\"tag\":\"TxCmdTxReadError\",\"contents\":[\"DecoderErrorDeserialiseFailure "
                        + "\\\"Shelley Tx\\\" (DeserialiseFailure 0 \\\"expected list len or indef\\\")\"]}}");
        assertUndecodable("Invalid transaction; It looks like the given transaction wasn't well-formed. Note that I try to decode the "
                + "transaction in every possible era and it was malformed in ALL eras.");
    }

    @Test
    void anythingElse() {
        assertThat(SubmitRefusals.outcome("(ValueNotConservedUTxO (MaryValue (Coin 0)) (MaryValue (Coin 1)))"))
                .isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> {
                    assertThat(refused.inputsGone()).isFalse();
                    assertThat(refused.expired()).isFalse();
                    assertThat(refused.undecodable()).isFalse();
                    assertThat(refused.reason()).contains("ValueNotConservedUTxO");
                });
        assertThat(SubmitRefusals.outcome("x".repeat(100_000))).isInstanceOfSatisfying(SubmitOutcome.Refused.class,
                refused -> assertThat(refused.reason()).hasSize(2000));
    }

    private static void assertUndecodable(String text) {
        assertThat(SubmitRefusals.outcome(text)).isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> {
            assertThat(refused.undecodable()).isTrue();
            assertThat(refused.inputsGone()).isFalse();
        });
    }

    private static void assertGone(String text) {
        assertThat(SubmitRefusals.outcome(text)).isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> {
            assertThat(refused.inputsGone()).isTrue();
            assertThat(refused.expired()).isFalse();
        });
    }
}
