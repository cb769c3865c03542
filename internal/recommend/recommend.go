// Package recommend turns the answers to a comparison's questionnaire into a
// recommendation, with its reasons.
//
// There are no weights. Each answer meets some signs, fails some and leaves
// the rest open; the outcomes' rules are tried in order over the signs, and the
// first that holds decides. [Compile] reads the rules and walks every
// combination of answers once, so that whatever is claimed of a result
// (that there is exactly one, how certain it is, what would change it) is
// looked up in the whole table rather than argued.
package recommend
