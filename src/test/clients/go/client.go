// go-git at the hands of a test, with the habits of Argo CD: it follows no redirect, keeps no connection, and waits for 15 seconds.
// What Flux does it does with the habits of Flux.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"sort"
	"strconv"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/config"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/transport"
	"github.com/go-git/go-git/v5/plumbing/transport/client"
	githttp "github.com/go-git/go-git/v5/plumbing/transport/http"
	"github.com/go-git/go-git/v5/storage/memory"
)

// Flux always names the branch that it wants.
const branch = plumbing.ReferenceName("refs/heads/main")

var errUnable = errors.New("go-git has no such option")

func main() {
	if os.Args[1] == "branch" {
		fluxHabits()
	} else {
		argoHabits()
	}
	auth := &githttp.BasicAuth{Username: "x", Password: os.Args[3]}
	err := run(os.Args[1], os.Args[2], auth, os.Args[4:])
	if errors.Is(err, errUnable) {
		fmt.Println(err)
		os.Exit(2)
	}
	if err != nil && !errors.Is(err, git.NoErrAlreadyUpToDate) {
		fmt.Println(err)
		os.Exit(1)
	}
}

func argoHabits() {
	install(&http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true, TLSClientConfig: trust()},
		Timeout:       15 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	})
}

func fluxHabits() {
	install(&http.Client{Transport: &http.Transport{TLSClientConfig: trust()}, Timeout: 60 * time.Second})
}

func install(http *http.Client) {
	wire := githttp.NewClient(http)
	client.InstallProtocol("http", wire)
	client.InstallProtocol("https", wire)
}

// trust has those alone trusted that CA_FILE names, as both do with what their users give them.
func trust() *tls.Config {
	file := os.Getenv("CA_FILE")
	if file == "" {
		return nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		panic("no certificate in " + file)
	}
	return &tls.Config{RootCAs: roots}
}

func run(command, url string, auth transport.AuthMethod, rest []string) error {
	switch command {
	case "ls":
		return list(url, auth)
	case "clone":
		return clone(url, auth, rest[0], branch, number(rest[1]), rest[2] == "1")
	case "branch":
		return clone(url, auth, rest[0], plumbing.NewBranchReferenceName(rest[1]), 1, false)
	case "fetch":
		return fetch(auth, rest[0], number(rest[1]), rest[2], rest[3])
	case "push":
		return push(auth, rest[0], rest[1] == "1", rest[2:])
	}
	return errUnable
}

func list(url string, auth transport.AuthMethod) error {
	remote := git.NewRemote(memory.NewStorage(), &config.RemoteConfig{Name: "origin", URLs: []string{url}})
	refs, err := remote.List(&git.ListOptions{Auth: auth})
	if errors.Is(err, transport.ErrEmptyRemoteRepository) {
		return nil // its word for no refs
	}
	if err != nil {
		return err
	}
	var lines []string
	for _, ref := range refs {
		if !ref.Hash().IsZero() {
			lines = append(lines, ref.Hash().String()+"\t"+ref.Name().String())
		}
	}
	sort.Strings(lines)
	for _, line := range lines {
		fmt.Println(line)
	}
	return nil
}

// clone takes what Flux takes: a depth without tags, or everything with all tags.
func clone(url string, auth transport.AuthMethod, directory string, ref plumbing.ReferenceName, depth int, tags bool) error {
	options := &git.CloneOptions{URL: url, Auth: auth, Depth: depth, ReferenceName: ref, SingleBranch: true, Tags: git.NoTags}
	if tags {
		options.Tags = git.AllTags
	}
	_, err := git.PlainClone(directory, false, options)
	return err
}

func fetch(auth transport.AuthMethod, directory string, depth int, source, target string) error {
	repository, err := git.PlainOpen(directory)
	if err != nil {
		return err
	}
	spec := config.RefSpec("+" + source + ":" + target)
	if len(source) == 40 {
		spec = config.RefSpec(source + ":" + target)
	}
	return repository.Fetch(&git.FetchOptions{Auth: auth, Depth: depth, Tags: git.NoTags, RefSpecs: []config.RefSpec{spec}})
}

func push(auth transport.AuthMethod, directory string, atomic bool, specs []string) error {
	repository, err := git.PlainOpen(directory)
	if err != nil {
		return err
	}
	options := &git.PushOptions{Auth: auth}
	for _, spec := range specs {
		options.RefSpecs = append(options.RefSpecs, config.RefSpec(spec))
	}
	if atomic {
		// looked for while it runs: a go-git that has it is used with it
		field := reflect.ValueOf(options).Elem().FieldByName("Atomic")
		if !field.IsValid() {
			return errUnable
		}
		field.SetBool(true)
	}
	return repository.Push(options)
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}
