package page

import (
	"io"

	"github.com/a-h/templ"
)

func Render(w io.Writer, f Frame, v View) error {
	_, err := io.WriteString(w, "<!doctype html>")
	return err
}

func (v Index) Head() Head          { return Head{} }
func (v Comparison) Head() Head     { return Head{} }
func (v FAQ) Head() Head            { return Head{} }
func (v Questionnaire) Head() Head  { return Head{} }
func (v Recommendation) Head() Head { return Head{} }
func (v Method) Head() Head         { return Head{} }
func (v Services) Head() Head       { return Head{} }
func (v Service) Head() Head        { return Head{} }
func (v Plain) Head() Head          { return Head{} }
func (v Problem) Head() Head        { return Head{} }

func (v Index) Main() templ.Component          { return templ.NopComponent }
func (v Comparison) Main() templ.Component     { return templ.NopComponent }
func (v FAQ) Main() templ.Component            { return templ.NopComponent }
func (v Questionnaire) Main() templ.Component  { return templ.NopComponent }
func (v Recommendation) Main() templ.Component { return templ.NopComponent }
func (v Method) Main() templ.Component         { return templ.NopComponent }
func (v Services) Main() templ.Component       { return templ.NopComponent }
func (v Service) Main() templ.Component        { return templ.NopComponent }
func (v Plain) Main() templ.Component          { return templ.NopComponent }
func (v Problem) Main() templ.Component        { return templ.NopComponent }
