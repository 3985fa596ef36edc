package io.masumi.node.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;
import scalus.builtin.Builtins;

class EscrowDatumTest {

    /** Vectors made with the libraries that other nodes use. */
    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/escrow-datums.csv", numLinesToSkip = 1, maxCharsPerColumn = 8192)
    void isEncodedAsByOtherNodes(ArgumentsAccessor row) {
        EscrowDatum datum = new EscrowDatum(wallet(row.getString(0), row.getString(1)), wallet(row.getString(2), row.getString(3)),
                row.getString(4), row.getString(5), row.getString(6), row.getString(7), number(row, 8), row.getString(9), "",
                new EscrowTimes(number(row, 10), number(row, 11), number(row, 12), number(row, 13)), BigInteger.ZERO, BigInteger.ZERO,
                EscrowState.FundsLocked);
        assertThat(Builtins.serialiseData(PlutusData.datum(datum)).toHex()).isEqualTo(row.getString(14));
    }

    @Test
    void refusesBytesThatAreNoHex() {
        assertThatThrownBy(() -> Spends.datum(EscrowState.FundsLocked, "xyz")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("result hash must be hex");
    }

    private static PlutusAddress wallet(String paymentKey, String stakeKey) {
        return PlutusAddress.of(new Credential.Key(paymentKey), new Credential.Key(stakeKey));
    }

    private static BigInteger number(ArgumentsAccessor row, int column) {
        return new BigInteger(row.getString(column));
    }
}
