//go:build race

package web_test

// raceDetected says that the race detector watches, which allocates for itself
// and empties pools at random.
const raceDetected = true
