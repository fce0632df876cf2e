// Exact sums and decimals (sections 3 and 8 of semantics.md): a double's exact value, in whole millionths.

const bits = new DataView(new ArrayBuffer(8));

/** The nearest whole number of millionths to the exact value of a double, half to even. */
export function millionths(number) {
	bits.setFloat64(0, number);
	const high = bits.getUint32(0);
	const exponent = (high >>> 20) & 0x7ff;
	const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
	// The number is `mantissa` times two to the power of `power`; an exponent of 0 has no hidden bit.
	const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
	const power = Math.max(exponent, 1) - 1075;
	const sign = high >>> 31 === 0 ? 1n : -1n;
	if (power >= 0) return sign * ((mantissa * 1000000n) << BigInt(power));
	const divisor = 1n << BigInt(-power);
	const whole = (mantissa * 1000000n) / divisor;
	const twice = 2n * ((mantissa * 1000000n) % divisor);
	const up = twice > divisor || (twice === divisor && whole % 2n === 1n);
	return sign * (up ? whole + 1n : whole);
}

/** The double nearest to a number of millionths. (What JavaScript reads in decimals is rounded correctly.) */
export function fromMillionths(count) {
	const [sign, size] = count < 0n ? ["-", -count] : ["", count];
	return Number(`${sign}${size / 1000000n}.${String(size % 1000000n).padStart(6, "0")}`);
}

/** As the lines have it: what is not whole to six decimals. */
export const sixDecimals = (number) =>
	Number.isInteger(number) ? number : fromMillionths(millionths(number));
