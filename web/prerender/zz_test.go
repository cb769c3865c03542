package prerender
import ("testing";"runtime";"time";"os";"strings";"net/http";"context")
func rss() string { b,_:=os.ReadFile("/proc/self/status"); for l := range strings.Lines(string(b)) { if strings.HasPrefix(l,"VmHWM") {return strings.TrimSpace(l)}}; return ""}
func TestZZ(t *testing.T){
 src,_:=os.ReadFile("/root/go/pkg/mod/golang.org/x/net@v0.62.0/html/testdata/go1.html"); src=src[:60000]
 t.Log(rss())
 t0:=time.Now()
 var bs []*Body
 for i:=range 40 { n:=15000+i%4*10000; bs=append(bs,New(html,src[i*300:i*300+n],http.Header{"Cache-Control":{"x"}})) }
 t.Log("new 40", time.Since(t0)); t0=time.Now()
 for _,b:=range bs { b.choose([]string{chrome}) }
 t.Log("quick br 40", time.Since(t0), rss()); t0=time.Now()
 Improve(context.Background(), bs)
 t.Log("improve 40", time.Since(t0), rss())
 runtime.GC(); var m runtime.MemStats; runtime.ReadMemStats(&m); t.Log("live heap KB", m.HeapAlloc>>10, "sys", m.Sys>>10)
 n:=0; for _,b:=range bs { n+=len(b.content); for c:=range int(identity) {n+=len(b.forms[c].Load().data)}}; t.Log("bodies KB", n>>10)
}
