package org.safeconduct.crypto.bls;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The raw C interface of libblst: prototype, handle and call, in the order of {@code blst.h}, each by hand.
 *
 * <p>Sizes in bytes: {@code blst_scalar} 32 (little-endian), {@code blst_p1} 144, {@code blst_p1_affine} 96,
 * {@code blst_p2} 288, {@code blst_p2_affine} 192, {@code blst_fp6} 288, {@code blst_fp12} 576. Where C takes an array of
 * pointers, one pointer followed by null means that the elements lie one after the other.
 */
@SuppressWarnings("restricted") // native access is the point of this class
public final class Blst {
    public static final int SCALAR = 32;
    public static final int FP = 48;
    public static final int P1 = 144;
    public static final int P1_AFFINE = 96;
    public static final int P2 = 288;
    public static final int P2_AFFINE = 192;
    public static final int FP12 = 576;
    public static final int LINES = 68 * 288;
    public static final int SCALAR_BITS = 255;

    private static final ValueLayout.OfBoolean BOOL = ValueLayout.JAVA_BOOLEAN;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;
    private static final AddressLayout P = ValueLayout.ADDRESS;

    private static final SymbolLookup LIBRARY = BlstLibrary.load();
    private static final Linker LINKER = Linker.nativeLinker();

    // ---- Scalars
    /**
     * {@code bool blst_scalar_from_be_bytes(blst_scalar *out, const byte *in, size_t len)}
     * Reduces any number of big-endian bytes modulo r; false if the result is zero.
     */
    private static final MethodHandle SCALAR_FROM_BE_BYTES = bind("blst_scalar_from_be_bytes", FunctionDescriptor.of(BOOL, P, P, SIZE));
    public static boolean scalarFromBeBytes(MemorySegment out, MemorySegment input, long length) {
        try { return (boolean) SCALAR_FROM_BE_BYTES.invokeExact(out, input, length); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_bendian_from_scalar(byte out[32], const blst_scalar *a)} */
    private static final MethodHandle BENDIAN_FROM_SCALAR = bind("blst_bendian_from_scalar", FunctionDescriptor.ofVoid(P, P));
    public static void bendianFromScalar(MemorySegment out, MemorySegment a) {
        try { BENDIAN_FROM_SCALAR.invokeExact(out, a); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_scalar_from_bendian(blst_scalar *out, const byte a[32])} */
    private static final MethodHandle SCALAR_FROM_BENDIAN = bind("blst_scalar_from_bendian", FunctionDescriptor.ofVoid(P, P));
    public static void scalarFromBendian(MemorySegment out, MemorySegment a) {
        try { SCALAR_FROM_BENDIAN.invokeExact(out, a); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code bool blst_sk_check(const blst_scalar *a)} True for 1..r-1. */
    private static final MethodHandle SK_CHECK = bind("blst_sk_check", FunctionDescriptor.of(BOOL, P));
    public static boolean skCheck(MemorySegment a) {
        try { return (boolean) SK_CHECK.invokeExact(a); } catch (Throwable t) { throw broken(t); }
    }

    /**
     * {@code bool blst_sk_add_n_check(blst_scalar *out, const blst_scalar *a, const blst_scalar *b)}
     * Modulo r, constant time; false if the result is zero.
     */
    private static final MethodHandle SK_ADD = bind("blst_sk_add_n_check", FunctionDescriptor.of(BOOL, P, P, P));
    public static boolean skAdd(MemorySegment out, MemorySegment a, MemorySegment b) {
        try { return (boolean) SK_ADD.invokeExact(out, a, b); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code bool blst_sk_sub_n_check(blst_scalar *out, const blst_scalar *a, const blst_scalar *b)} */
    private static final MethodHandle SK_SUB = bind("blst_sk_sub_n_check", FunctionDescriptor.of(BOOL, P, P, P));
    public static boolean skSub(MemorySegment out, MemorySegment a, MemorySegment b) {
        try { return (boolean) SK_SUB.invokeExact(out, a, b); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code bool blst_sk_mul_n_check(blst_scalar *out, const blst_scalar *a, const blst_scalar *b)} */
    private static final MethodHandle SK_MUL = bind("blst_sk_mul_n_check", FunctionDescriptor.of(BOOL, P, P, P));
    public static boolean skMul(MemorySegment out, MemorySegment a, MemorySegment b) {
        try { return (boolean) SK_MUL.invokeExact(out, a, b); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_sk_inverse(blst_scalar *out, const blst_scalar *a)} Constant time. */
    private static final MethodHandle SK_INVERSE = bind("blst_sk_inverse", FunctionDescriptor.ofVoid(P, P));
    public static void skInverse(MemorySegment out, MemorySegment a) {
        try { SK_INVERSE.invokeExact(out, a); } catch (Throwable t) { throw broken(t); }
    }

    // ---- Fp

    /** {@code void blst_fp_mul(blst_fp *ret, const blst_fp *a, const blst_fp *b)} */
    private static final MethodHandle FP_MUL = bind("blst_fp_mul", FunctionDescriptor.ofVoid(P, P, P));
    public static void fpMul(MemorySegment ret, MemorySegment a, MemorySegment b) {
        try { FP_MUL.invokeExact(ret, a, b); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_fp_from_bendian(blst_fp *ret, const byte a[48])} */
    private static final MethodHandle FP_FROM_BENDIAN = bind("blst_fp_from_bendian", FunctionDescriptor.ofVoid(P, P));
    public static void fpFromBendian(MemorySegment ret, MemorySegment a) {
        try { FP_FROM_BENDIAN.invokeExact(ret, a); } catch (Throwable t) { throw broken(t); }
    }

    // ---- GT
    /** {@code void blst_fp12_mul(blst_fp12 *ret, const blst_fp12 *a, const blst_fp12 *b)} */
    private static final MethodHandle FP12_MUL = bind("blst_fp12_mul", FunctionDescriptor.ofVoid(P, P, P));
    public static void fp12Mul(MemorySegment ret, MemorySegment a, MemorySegment b) {
        try { FP12_MUL.invokeExact(ret, a, b); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code bool blst_fp12_is_equal(const blst_fp12 *a, const blst_fp12 *b)} */
    private static final MethodHandle FP12_IS_EQUAL = bind("blst_fp12_is_equal", FunctionDescriptor.of(BOOL, P, P));
    public static boolean fp12IsEqual(MemorySegment a, MemorySegment b) {
        try { return (boolean) FP12_IS_EQUAL.invokeExact(a, b); } catch (Throwable t) { throw broken(t); }
    }

    // ---- G1
    /** {@code void blst_p1_add_or_double(blst_p1 *out, const blst_p1 *a, const blst_p1 *b)} */
    private static final MethodHandle P1_ADD_OR_DOUBLE = bind("blst_p1_add_or_double", FunctionDescriptor.ofVoid(P, P, P));
    public static void p1AddOrDouble(MemorySegment out, MemorySegment a, MemorySegment b) {
        try { P1_ADD_OR_DOUBLE.invokeExact(out, a, b); } catch (Throwable t) { throw broken(t); }
    }

    /**
     * {@code void blst_p1_mult(blst_p1 *out, const blst_p1 *p, const byte *scalar, size_t nbits)}
     * Constant time in the scalar: whatever a secret multiplies comes through here.
     */
    private static final MethodHandle P1_MULT = bind("blst_p1_mult", FunctionDescriptor.ofVoid(P, P, P, SIZE));
    public static void p1Mult(MemorySegment out, MemorySegment p, MemorySegment scalar, long nbits) {
        try { P1_MULT.invokeExact(out, p, scalar, nbits); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_p1_cneg(blst_p1 *p, bool cbit)} */
    private static final MethodHandle P1_CNEG = bind("blst_p1_cneg", FunctionDescriptor.ofVoid(P, BOOL));
    public static void p1Cneg(MemorySegment p, boolean cbit) {
        try { P1_CNEG.invokeExact(p, cbit); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_p1_to_affine(blst_p1_affine *out, const blst_p1 *in)} */
    private static final MethodHandle P1_TO_AFFINE = bind("blst_p1_to_affine", FunctionDescriptor.ofVoid(P, P));
    public static void p1ToAffine(MemorySegment out, MemorySegment input) {
        try { P1_TO_AFFINE.invokeExact(out, input); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_p1_from_affine(blst_p1 *out, const blst_p1_affine *in)} */
    private static final MethodHandle P1_FROM_AFFINE = bind("blst_p1_from_affine", FunctionDescriptor.ofVoid(P, P));
    public static void p1FromAffine(MemorySegment out, MemorySegment input) {
        try { P1_FROM_AFFINE.invokeExact(out, input); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code bool blst_p1_is_equal(const blst_p1 *a, const blst_p1 *b)} */
    private static final MethodHandle P1_IS_EQUAL = bind("blst_p1_is_equal", FunctionDescriptor.of(BOOL, P, P));
    public static boolean p1IsEqual(MemorySegment a, MemorySegment b) {
        try { return (boolean) P1_IS_EQUAL.invokeExact(a, b); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code bool blst_p1_is_inf(const blst_p1 *a)} */
    private static final MethodHandle P1_IS_INF = bind("blst_p1_is_inf", FunctionDescriptor.of(BOOL, P));
    public static boolean p1IsInf(MemorySegment a) {
        try { return (boolean) P1_IS_INF.invokeExact(a); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code const blst_p1 *blst_p1_generator(void)} */
    private static final MethodHandle P1_GENERATOR = bind("blst_p1_generator", FunctionDescriptor.of(P));
    public static MemorySegment p1Generator() {
        try { return ((MemorySegment) P1_GENERATOR.invokeExact()).reinterpret(P1); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code bool blst_p1_affine_in_g1(const blst_p1_affine *p)} */
    private static final MethodHandle P1_AFFINE_IN_G1 = bind("blst_p1_affine_in_g1", FunctionDescriptor.of(BOOL, P));
    public static boolean p1AffineInG1(MemorySegment p) {
        try { return (boolean) P1_AFFINE_IN_G1.invokeExact(p); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code bool blst_p1_affine_is_inf(const blst_p1_affine *a)} */
    private static final MethodHandle P1_AFFINE_IS_INF = bind("blst_p1_affine_is_inf", FunctionDescriptor.of(BOOL, P));
    public static boolean p1AffineIsInf(MemorySegment a) {
        try { return (boolean) P1_AFFINE_IS_INF.invokeExact(a); } catch (Throwable t) { throw broken(t); }
    }

    // ---- G2
    /** {@code void blst_p2_add_or_double(blst_p2 *out, const blst_p2 *a, const blst_p2 *b)} */
    private static final MethodHandle P2_ADD_OR_DOUBLE = bind("blst_p2_add_or_double", FunctionDescriptor.ofVoid(P, P, P));
    public static void p2AddOrDouble(MemorySegment out, MemorySegment a, MemorySegment b) {
        try { P2_ADD_OR_DOUBLE.invokeExact(out, a, b); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_p2_mult(blst_p2 *out, const blst_p2 *p, const byte *scalar, size_t nbits)} Constant time in the scalar. */
    private static final MethodHandle P2_MULT = bind("blst_p2_mult", FunctionDescriptor.ofVoid(P, P, P, SIZE));
    public static void p2Mult(MemorySegment out, MemorySegment p, MemorySegment scalar, long nbits) {
        try { P2_MULT.invokeExact(out, p, scalar, nbits); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_p2_to_affine(blst_p2_affine *out, const blst_p2 *in)} */
    private static final MethodHandle P2_TO_AFFINE = bind("blst_p2_to_affine", FunctionDescriptor.ofVoid(P, P));
    public static void p2ToAffine(MemorySegment out, MemorySegment input) {
        try { P2_TO_AFFINE.invokeExact(out, input); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_p2_from_affine(blst_p2 *out, const blst_p2_affine *in)} */
    private static final MethodHandle P2_FROM_AFFINE = bind("blst_p2_from_affine", FunctionDescriptor.ofVoid(P, P));
    public static void p2FromAffine(MemorySegment out, MemorySegment input) {
        try { P2_FROM_AFFINE.invokeExact(out, input); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code bool blst_p2_is_equal(const blst_p2 *a, const blst_p2 *b)} */
    private static final MethodHandle P2_IS_EQUAL = bind("blst_p2_is_equal", FunctionDescriptor.of(BOOL, P, P));
    public static boolean p2IsEqual(MemorySegment a, MemorySegment b) {
        try { return (boolean) P2_IS_EQUAL.invokeExact(a, b); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code bool blst_p2_is_inf(const blst_p2 *a)} */
    private static final MethodHandle P2_IS_INF = bind("blst_p2_is_inf", FunctionDescriptor.of(BOOL, P));
    public static boolean p2IsInf(MemorySegment a) {
        try { return (boolean) P2_IS_INF.invokeExact(a); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code const blst_p2 *blst_p2_generator(void)} */
    private static final MethodHandle P2_GENERATOR = bind("blst_p2_generator", FunctionDescriptor.of(P));
    public static MemorySegment p2Generator() {
        try { return ((MemorySegment) P2_GENERATOR.invokeExact()).reinterpret(P2); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code bool blst_p2_affine_in_g2(const blst_p2_affine *p)} */
    private static final MethodHandle P2_AFFINE_IN_G2 = bind("blst_p2_affine_in_g2", FunctionDescriptor.of(BOOL, P));
    public static boolean p2AffineInG2(MemorySegment p) {
        try { return (boolean) P2_AFFINE_IN_G2.invokeExact(p); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code bool blst_p2_affine_is_inf(const blst_p2_affine *a)} */
    private static final MethodHandle P2_AFFINE_IS_INF = bind("blst_p2_affine_is_inf", FunctionDescriptor.of(BOOL, P));
    public static boolean p2AffineIsInf(MemorySegment a) {
        try { return (boolean) P2_AFFINE_IS_INF.invokeExact(a); } catch (Throwable t) { throw broken(t); }
    }

    // ---- Many points of G1 (public scalars only: look-ups depend on the scalar)
    /** {@code size_t blst_p1s_mult_wbits_precompute_sizeof(size_t wbits, size_t npoints)} */
    private static final MethodHandle P1S_MULT_WBITS_PRECOMPUTE_SIZEOF = bind("blst_p1s_mult_wbits_precompute_sizeof", FunctionDescriptor.of(SIZE, SIZE, SIZE));
    public static long p1sMultWbitsPrecomputeSizeof(long wbits, long npoints) {
        try { return (long) P1S_MULT_WBITS_PRECOMPUTE_SIZEOF.invokeExact(wbits, npoints); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_p1s_mult_wbits_precompute(blst_p1_affine table[], size_t wbits, const blst_p1_affine *const points[], size_t npoints)} */
    private static final MethodHandle P1S_MULT_WBITS_PRECOMPUTE = bind("blst_p1s_mult_wbits_precompute", FunctionDescriptor.ofVoid(P, SIZE, P, SIZE));
    public static void p1sMultWbitsPrecompute(MemorySegment table, long wbits, MemorySegment points, long npoints) {
        try { P1S_MULT_WBITS_PRECOMPUTE.invokeExact(table, wbits, points, npoints); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code size_t blst_p1s_mult_wbits_scratch_sizeof(size_t npoints)} */
    private static final MethodHandle P1S_MULT_WBITS_SCRATCH_SIZEOF = bind("blst_p1s_mult_wbits_scratch_sizeof", FunctionDescriptor.of(SIZE, SIZE));
    public static long p1sMultWbitsScratchSizeof(long npoints) {
        try { return (long) P1S_MULT_WBITS_SCRATCH_SIZEOF.invokeExact(npoints); } catch (Throwable t) { throw broken(t); }
    }

    /**
     * {@code void blst_p1s_mult_wbits(blst_p1 *ret, const blst_p1_affine table[], size_t wbits, size_t npoints, const byte *const scalars[], size_t nbits, limb_t *scratch)}
     */
    private static final MethodHandle P1S_MULT_WBITS = bind("blst_p1s_mult_wbits", FunctionDescriptor.ofVoid(P, P, SIZE, SIZE, P, SIZE, P));
    public static void p1sMultWbits(MemorySegment ret, MemorySegment table, long wbits, long npoints, MemorySegment scalars, long nbits, MemorySegment scratch) {
        try { P1S_MULT_WBITS.invokeExact(ret, table, wbits, npoints, scalars, nbits, scratch); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code size_t blst_p1s_mult_pippenger_scratch_sizeof(size_t npoints)} */
    private static final MethodHandle P1S_MULT_PIPPENGER_SCRATCH_SIZEOF = bind("blst_p1s_mult_pippenger_scratch_sizeof", FunctionDescriptor.of(SIZE, SIZE));
    public static long p1sMultPippengerScratchSizeof(long npoints) {
        try { return (long) P1S_MULT_PIPPENGER_SCRATCH_SIZEOF.invokeExact(npoints); } catch (Throwable t) { throw broken(t); }
    }

    /**
     * {@code void blst_p1s_mult_pippenger(blst_p1 *ret, const blst_p1_affine *const points[], size_t npoints, const byte *const scalars[], size_t nbits, limb_t *scratch)}
     */
    private static final MethodHandle P1S_MULT_PIPPENGER = bind("blst_p1s_mult_pippenger", FunctionDescriptor.ofVoid(P, P, SIZE, P, SIZE, P));
    public static void p1sMultPippenger(MemorySegment ret, MemorySegment points, long npoints, MemorySegment scalars, long nbits, MemorySegment scratch) {
        try { P1S_MULT_PIPPENGER.invokeExact(ret, points, npoints, scalars, nbits, scratch); } catch (Throwable t) { throw broken(t); }
    }

    // ---- Hash to curve and the wire
    /**
     * {@code void blst_hash_to_g1(blst_p1 *out, const byte *msg, size_t msg_len, const byte *DST, size_t DST_len, const byte *aug, size_t aug_len)}
     */
    private static final MethodHandle HASH_TO_G1 = bind("blst_hash_to_g1", FunctionDescriptor.ofVoid(P, P, SIZE, P, SIZE, P, SIZE));
    public static void hashToG1(MemorySegment out, MemorySegment msg, long msgLength, MemorySegment dst, long dstLength, MemorySegment aug, long augLength) {
        try { HASH_TO_G1.invokeExact(out, msg, msgLength, dst, dstLength, aug, augLength); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_p1_compress(byte out[48], const blst_p1 *in)} */
    private static final MethodHandle P1_COMPRESS = bind("blst_p1_compress", FunctionDescriptor.ofVoid(P, P));
    public static void p1Compress(MemorySegment out, MemorySegment input) {
        try { P1_COMPRESS.invokeExact(out, input); } catch (Throwable t) { throw broken(t); }
    }

    /**
     * {@code BLST_ERROR blst_p1_uncompress(blst_p1_affine *out, const byte in[48])}
     * Canonical form and curve equation; the subgroup is checked apart.
     */
    private static final MethodHandle P1_UNCOMPRESS = bind("blst_p1_uncompress", FunctionDescriptor.of(INT, P, P));
    public static int p1Uncompress(MemorySegment out, MemorySegment input) {
        try { return (int) P1_UNCOMPRESS.invokeExact(out, input); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_p2_compress(byte out[96], const blst_p2 *in)} */
    private static final MethodHandle P2_COMPRESS = bind("blst_p2_compress", FunctionDescriptor.ofVoid(P, P));
    public static void p2Compress(MemorySegment out, MemorySegment input) {
        try { P2_COMPRESS.invokeExact(out, input); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code BLST_ERROR blst_p2_uncompress(blst_p2_affine *out, const byte in[96])} */
    private static final MethodHandle P2_UNCOMPRESS = bind("blst_p2_uncompress", FunctionDescriptor.of(INT, P, P));
    public static int p2Uncompress(MemorySegment out, MemorySegment input) {
        try { return (int) P2_UNCOMPRESS.invokeExact(out, input); } catch (Throwable t) { throw broken(t); }
    }

    // ---- Pairing
    /** {@code void blst_miller_loop(blst_fp12 *ret, const blst_p2_affine *Q, const blst_p1_affine *P)} */
    private static final MethodHandle MILLER_LOOP = bind("blst_miller_loop", FunctionDescriptor.ofVoid(P, P, P));
    public static void millerLoop(MemorySegment ret, MemorySegment q, MemorySegment p) {
        try { MILLER_LOOP.invokeExact(ret, q, p); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_miller_loop_n(blst_fp12 *ret, const blst_p2_affine *const Qs[], const blst_p1_affine *const Ps[], size_t n)} */
    private static final MethodHandle MILLER_LOOP_N = bind("blst_miller_loop_n", FunctionDescriptor.ofVoid(P, P, P, SIZE));
    public static void millerLoopN(MemorySegment ret, MemorySegment qs, MemorySegment ps, long n) {
        try { MILLER_LOOP_N.invokeExact(ret, qs, ps, n); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_final_exp(blst_fp12 *ret, const blst_fp12 *f)} */
    private static final MethodHandle FINAL_EXP = bind("blst_final_exp", FunctionDescriptor.ofVoid(P, P));
    public static void finalExp(MemorySegment ret, MemorySegment f) {
        try { FINAL_EXP.invokeExact(ret, f); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_precompute_lines(blst_fp6 Qlines[68], const blst_p2_affine *Q)} */
    private static final MethodHandle PRECOMPUTE_LINES = bind("blst_precompute_lines", FunctionDescriptor.ofVoid(P, P));
    public static void precomputeLines(MemorySegment qlines, MemorySegment q) {
        try { PRECOMPUTE_LINES.invokeExact(qlines, q); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_miller_loop_lines(blst_fp12 *ret, const blst_fp6 Qlines[68], const blst_p1_affine *P)} */
    private static final MethodHandle MILLER_LOOP_LINES = bind("blst_miller_loop_lines", FunctionDescriptor.ofVoid(P, P, P));
    public static void millerLoopLines(MemorySegment ret, MemorySegment qlines, MemorySegment p) {
        try { MILLER_LOOP_LINES.invokeExact(ret, qlines, p); } catch (Throwable t) { throw broken(t); }
    }

    /**
     * {@code bool blst_fp12_finalverify(const blst_fp12 *gt1, const blst_fp12 *gt2)}
     * True if two Miller loops agree after one final exponentiation.
     */
    private static final MethodHandle FP12_FINALVERIFY = bind("blst_fp12_finalverify", FunctionDescriptor.of(BOOL, P, P));
    public static boolean fp12Finalverify(MemorySegment gt1, MemorySegment gt2) {
        try { return (boolean) FP12_FINALVERIFY.invokeExact(gt1, gt2); } catch (Throwable t) { throw broken(t); }
    }

    // ---- blst_aux.h
    /** {@code void blst_expand_message_xmd(byte *out, size_t out_len, const byte *msg, size_t msg_len, const byte *DST, size_t DST_len)} */
    private static final MethodHandle EXPAND_MESSAGE_XMD = bind("blst_expand_message_xmd", FunctionDescriptor.ofVoid(P, SIZE, P, SIZE, P, SIZE));
    public static void expandMessageXmd(MemorySegment out, long outLength, MemorySegment msg, long msgLength, MemorySegment dst, long dstLength) {
        try { EXPAND_MESSAGE_XMD.invokeExact(out, outLength, msg, msgLength, dst, dstLength); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_bendian_from_fp12(byte out[48*12], const blst_fp12 *a)} */
    private static final MethodHandle BENDIAN_FROM_FP12 = bind("blst_bendian_from_fp12", FunctionDescriptor.ofVoid(P, P));
    public static void bendianFromFp12(MemorySegment out, MemorySegment a) {
        try { BENDIAN_FROM_FP12.invokeExact(out, a); } catch (Throwable t) { throw broken(t); }
    }

    /** {@code void blst_sha256(byte out[32], const byte *msg, size_t msg_len)} */
    private static final MethodHandle SHA256 = bind("blst_sha256", FunctionDescriptor.ofVoid(P, P, SIZE));
    public static void sha256(MemorySegment out, MemorySegment msg, long msgLength) {
        try { SHA256.invokeExact(out, msg, msgLength); } catch (Throwable t) { throw broken(t); }
    }

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        MemorySegment symbol = LIBRARY.find(name).orElseThrow(
                () -> new UnsatisfiedLinkError("this libblst lacks " + name + "; use tech.pegasys:jblst 0.3.17"));
        return LINKER.downcallHandle(symbol, descriptor);
    }

    private static IllegalStateException broken(Throwable t) {
        return new IllegalStateException("a call into libblst failed", t);
    }

    private Blst() {}
}
