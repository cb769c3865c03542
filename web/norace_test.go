//go:build !race

package web_test

const raceDetected = false
