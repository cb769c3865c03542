package comparison

import (
	"reflect"
	"regexp"
	"strings"
)

// Key returns the key under which a field stands in front matter, empty for none, and
// whether it may be left out. A field that sets itself and has no yaml tag has its
// name as its key, in small letters with a hyphen between words.
func Key(f reflect.StructField) (key string, optional bool) {
	key, rest, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	if _, sets := reflect.PointerTo(f.Type).MethodByName("Set"); sets && key == "" {
		key = strings.ToLower(nextWord.ReplaceAllString(f.Name, "$1-$2"))
	}
	return key, rest == "omitempty"
}

var nextWord = regexp.MustCompile(`([a-z])([A-Z])`)
