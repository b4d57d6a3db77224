/**
 * Register, pass, question, showing, verdict; venue, diary, warning: everything a Safeconduct client must enforce. No
 * storage, no network, no screen; time and randomness are arguments. What is malformed or does not verify is thrown as one
 * of two errors; what a person meets is a value.
 * @packageDocumentation
 */
export { MalformedError, type RandomBytes, systemRandom, VerificationError } from '@safeconduct/crypto';
export { type CodeKind, kindOfCode, PREFIXES } from './wire/code.ts';
export { type Json, parseJson, printJson } from './wire/json.ts';
export { isText } from './wire/text.ts';
export { formatTime, seconds } from './wire/time.ts';
export { rootWords } from './wire/proquint.ts';
export * from './register/line.ts';
export { domainSize, isValue, longestValue } from './register/domain.ts';
export { lineOctets, parseLine } from './register/lineParser.ts';
export { MOST_LINES, Register } from './register/register.ts';
export { Checkpoint } from './register/checkpoint.ts';
export { BUNDLE_LINES, bundles, bundlesBeyond, MOST_BUNDLE_OCTETS, parseBundle, parseIndex } from './register/bundles.ts';
export {
  type Agreement, AheadError, type Evidence, type Growth, KnownRegister, type KnownRegisterJson, NOTICE, OLD_AFTER,
} from './register/knownRegister.ts';
export {
  type AskerState, askerState, type EpochState, epochState, isSuspended, overdueEpochs, runningEpoch,
  type SchemeState, schemeState,
} from './register/validity.ts';
export type { PassRequest } from './pass/passRequest.ts';
export { PassGrant, parseGrants } from './pass/passGrant.ts';
export { epochsToAsk, PendingPass, type PendingPassJson } from './pass/pendingPass.ts';
export { type NotShownReason, type Paper, Pass, type PassJson, type Printed, type Shown } from './pass/pass.ts';
export {
  type Ask, defaultAsk, FRESH_FOR, Question, type QuestionFields, SentQuestion, type Source, STATIC_FOR,
} from './pass/question.ts';
export { Asked, type AskedBy, type Unanswered, type UnansweredReason } from './pass/asked.ts';
export { permission, type PermissionRefusal } from './pass/permission.ts';
export { type Form, Showing, type ShowingFields, STEP, stepOf } from './pass/showing.ts';
export { STAMP_LENGTH, stampContext } from './pass/stamp.ts';
export { type Exchange, readExchange, StampBook, type StampBookJson } from './pass/stampBook.ts';
export { type Asking, Checker, type CheckerSetting, type SeenCode } from './pass/checker.ts';
export type {
  Accepted, CannotTell, CannotTellReason, Disclosed, Refused, RefusedReason, Specimen, Verdict,
} from './pass/verdict.ts';
export { type DoorMode, DoorSetup, type DoorSetupFields } from './pass/doorSetup.ts';
export { crowdSize, SMALL_CROWD } from './pass/crowd.ts';
export { Offer, walletHash, walletSecret } from './pass/offer.ts';
export { type Hour, hourOf, startOf } from './presence/hour.ts';
export { LONGEST_STAY, type Poster, VENUE_KINDS, type VenueKind } from './presence/poster.ts';
export { VenueCode, type VenueCodeFields } from './presence/venueCode.ts';
export { MOST_POSTERS, TracingSheet } from './presence/tracingSheet.ts';
export type { VenueHour } from './presence/venueHour.ts';
export { UploadToken } from './presence/uploadToken.ts';
export { MOST_UPLOAD_HOURS, Upload } from './presence/upload.ts';
export { scan, type Scanned, type ScannedReason } from './presence/scanned.ts';
export { Venue } from './presence/venue.ts';
export { Diary } from './presence/diary.ts';
export { ADVICE, type Advice, type Notice } from './presence/notice.ts';
export { Warning } from './presence/warning.ts';
export { openBatch, type WarningBatch } from './presence/warningBatch.ts';
export { type BatchEntry, type BatchIndex, openBatchIndex } from './presence/batchIndex.ts';
export { type PlacedAuthority, WarningChain, type WarningChainJson } from './presence/warningChain.ts';
export type { Match } from './presence/match.ts';
