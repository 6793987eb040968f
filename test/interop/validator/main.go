// Command validator says what a Flyte control plane makes of an access token.
//
// It reads one JSON case per line from standard input and writes one JSON verdict per line. The steps
// are those of flyteadmin; the work in each step is done by the libraries flyteadmin links, because
// their habits (which key sets they can read, how they parse JSON, what they print) are what the
// verdicts are about.
package main

import (
	"bufio"
	"context"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	jwtgo "github.com/golang-jwt/jwt/v4"
	"github.com/golang/protobuf/jsonpb" //nolint:staticcheck // the server converts claims with this package
	"github.com/lestrrat-go/jwx/jwk"
	"github.com/ory/x/jwtx"
	"google.golang.org/protobuf/types/known/structpb"
)

// Control planes that can be asked for.
const (
	flyte1     = "flyte1"      // flyteadmin v1.16.8 with an external authorization server
	flyte1Self = "flyte1-self" // flyteadmin v1.16.8 as its own authorization server
	union      = "union"       // flyteadmin branch mike/prefer-access-token
)

// allScope is the one scope the control plane asks for.
const allScope = "all"

type testCase struct {
	ID              string              `json:"id"`
	Token           string              `json:"token"`
	KeySet          string              `json:"keySet"`
	KeySetStatus    int                 `json:"keySetStatus"`
	KeySetType      string              `json:"keySetType"`
	ControlPlane    string              `json:"controlPlane"`
	AllowedAudience []string            `json:"allowedAudience"`
	PublicURL       string              `json:"publicUrl"`
	SubjectClaims   []string            `json:"subjectClaims"`
	AppClaims       map[string][]string `json:"appClaims"`
	At              int64               `json:"at"`
}

type verdict struct {
	ID           string   `json:"id"`
	Decision     string   `json:"decision"`
	Stage        string   `json:"stage,omitempty"`
	Error        string   `json:"error,omitempty"`
	ServerError  string   `json:"serverError,omitempty"`
	Subject      string   `json:"subject"`
	ClientID     string   `json:"clientId"`
	IdentityType any      `json:"identityType,omitempty"`
	Scopes       []string `json:"scopes"`
}

// refusal is an error that knows at which step of the judgement it came up.
type refusal struct {
	stage string
	err   error
}

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

func refuse(stage string, err error) error { return &refusal{stage, err} }

// keyServer serves the key set of the current case. One server is enough: cases run one after the other,
// and each case has its own path and its own RemoteKeySet, so nothing is cached between them.
type keyServer struct {
	base    string
	current *testCase
}

func (s *keyServer) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	contentType := s.current.KeySetType
	if contentType == "" {
		contentType = "application/json"
	}
	w.Header().Set("Content-Type", contentType)
	status := s.current.KeySetStatus
	if status == 0 {
		status = http.StatusOK
	}
	w.WriteHeader(status)
	_, _ = w.Write([]byte(s.current.KeySet))
}

// UserInfoResponse has the JSON members of flyteidl's message of that name. The name is part of the
// error text that encoding/json gives for a member of the wrong type.
type UserInfoResponse struct {
	Subject           string           `json:"subject,omitempty"`
	Name              string           `json:"name,omitempty"`
	PreferredUsername string           `json:"preferred_username,omitempty"`
	GivenName         string           `json:"given_name,omitempty"`
	FamilyName        string           `json:"family_name,omitempty"`
	Email             string           `json:"email,omitempty"`
	Picture           string           `json:"picture,omitempty"`
	AdditionalClaims  *structpb.Struct `json:"additional_claims,omitempty"`
}

type set map[string]struct{}

func setOf(members ...string) set {
	result := set{}
	for _, member := range members {
		result[member] = struct{}{}
	}
	return result
}

func (s set) has(member string) bool {
	_, found := s[member]
	return found
}

func (s set) sorted() []string {
	result := make([]string, 0, len(s))
	for member := range s {
		result = append(result, member)
	}
	sort.Strings(result)
	return result
}

type identity struct {
	subject, clientID string
	scopes            set
	identityType      any
}

// claimsOf checks signature and times, and returns the claims.
func claimsOf(c *testCase, keySetURL string) (jwtgo.MapClaims, error) {
	if c.ControlPlane == flyte1Self {
		return claimsOfOwnToken(c)
	}
	if _, err := oidc.NewRemoteKeySet(context.Background(), keySetURL).VerifySignature(context.Background(), c.Token); err != nil {
		return nil, refuse("signature", err)
	}
	token, _, err := jwtgo.NewParser().ParseUnverified(c.Token, jwtgo.MapClaims{})
	if err != nil {
		return nil, refuse("parse", fmt.Errorf("failed to parse token: %v", err))
	}
	if err := token.Claims.Valid(); err != nil {
		return nil, refuse("time", fmt.Errorf("failed to validate token: %v", err))
	}
	return token.Claims.(jwtgo.MapClaims), nil
}

// claimsOfOwnToken is the path of a control plane that issues tokens itself. Its keys never leave the
// process in the server; here they come from the key set it publishes.
func claimsOfOwnToken(c *testCase) (jwtgo.MapClaims, error) {
	keys, err := jwk.Parse([]byte(c.KeySet))
	if err != nil {
		return nil, refuse("keys", err)
	}
	token, err := jwtgo.Parse(c.Token, func(t *jwtgo.Token) (any, error) { return ownKey(t, keys) })
	if err != nil {
		return nil, refuse(stageOf(err), err)
	}
	return token.Claims.(jwtgo.MapClaims), nil
}

// ownKey takes the key the header names under "key_id" and falls back to the first one.
func ownKey(token *jwtgo.Token, keys jwk.Set) (any, error) {
	if _, isRSA := token.Method.(*jwtgo.SigningMethodRSA); !isRSA {
		return nil, fmt.Errorf("unexpected signing method: %v", token.Header["alg"])
	}
	first, found := keys.Get(0)
	if !found {
		return nil, errors.New("no keys exist to match")
	}
	fallback, err := publicRSA(first)
	if err != nil {
		return nil, err
	}
	if id, given := token.Header["key_id"]; given {
		if named, known := keys.LookupKeyID(id.(string)); known {
			if key, err := publicRSA(named); err == nil {
				return key, nil
			}
		}
	}
	return fallback, nil
}

func publicRSA(key jwk.Key) (*rsa.PublicKey, error) {
	raw := &rsa.PublicKey{}
	return raw, key.Raw(raw)
}

func stageOf(err error) string {
	for _, timing := range []error{jwtgo.ErrTokenExpired, jwtgo.ErrTokenUsedBeforeIssued, jwtgo.ErrTokenNotValidYet} {
		if errors.Is(err, timing) {
			return "time"
		}
	}
	if errors.Is(err, jwtgo.ErrTokenMalformed) {
		return "parse"
	}
	return "signature"
}

func identify(c *testCase, claims map[string]any) (*identity, error) {
	parsed := jwtx.ParseMapStringInterfaceClaims(claims)

	wanted := setOf(c.PublicURL)
	if c.ControlPlane != flyte1Self {
		for _, audience := range c.AllowedAudience {
			wanted[audience] = struct{}{}
		}
	}
	if !anyOf(parsed.Audience, wanted) {
		return nil, refuse("audience", fmt.Errorf("invalid audience [%v], wanted [%v]", parsed, wanted))
	}

	result := &identity{subject: parsed.Subject}
	if c.ControlPlane == union {
		applyUnionMappings(c, claims, result)
	}

	userInfo := &UserInfoResponse{}
	if given, found := claims["user_info"]; found && given != nil {
		raw, err := json.Marshal(given.(map[string]any))
		if err != nil {
			return nil, refuse("claims", err)
		}
		if err := json.Unmarshal(raw, userInfo); err != nil {
			return nil, refuse("claims", fmt.Errorf("failed to unmarshal user info claim into UserInfo type. Error: %w", err))
		}
	}

	if given, found := claims["client_id"]; found {
		result.clientID = given.(string)
	}

	scopes, err := scopesOf(c, claims)
	if err != nil {
		return nil, refuse("claims", err)
	}

	if given, found := claims["email"]; found {
		userInfo.Email = given.(string)
	}

	// A token of a person who named no scope counts as a login.
	if result.clientID == "" && len(scopes) == 0 {
		scopes[allScope] = struct{}{}
	}
	result.scopes = scopes

	if len(claims) > 0 {
		if err := asProtobuf(claims); err != nil {
			return nil, refuse("claims", fmt.Errorf("failed to marshal claims [%+v] to struct: %w", claims, err))
		}
	}
	// The server takes the type of an identity from the claims, after the mapping.
	result.identityType = claims["identitytype"]
	return result, nil
}

func anyOf(candidates []string, wanted set) bool {
	for _, candidate := range candidates {
		if wanted.has(candidate) {
			return true
		}
	}
	return false
}

func applyUnionMappings(c *testCase, claims map[string]any, result *identity) {
	if len(c.SubjectClaims) > 0 {
		for _, name := range c.SubjectClaims {
			if text, isText := claims[name].(string); isText && text != "" {
				result.subject = text
				break
			}
		}
		if result.subject != "" {
			claims["sub"] = result.subject
		}
	}
	if len(c.AppClaims) > 0 {
		// The mapping may name the claim that it replaces.
		resolved := "user"
		if isApp(c, claims) {
			resolved = "app"
		}
		claims["identitytype"] = resolved
	}
}

func isApp(c *testCase, claims map[string]any) bool {
	for name, values := range c.AppClaims {
		if text, isText := claims[name].(string); isText && setOf(values...).has(text) {
			return true
		}
	}
	return false
}

func scopesOf(c *testCase, claims map[string]any) (set, error) {
	given, found := claims["scp"]
	if !found {
		return set{}, nil
	}
	switch scp := given.(type) {
	case []any:
		scopes := set{}
		for _, member := range scp {
			scopes[member.(string)] = struct{}{}
		}
		return scopes, nil
	case string:
		// The Union branch reads a scope in text form and forgets to keep it.
		if c.ControlPlane == union {
			return set{}, nil
		}
		return setOf(scp), nil
	default:
		return nil, fmt.Errorf("failed getting scope claims due to  unknown type %T with value %v", scp, scp)
	}
}

// asProtobuf does the conversion of all claims that the server does; only its failure matters here.
func asProtobuf(claims map[string]any) error {
	text, err := json.Marshal(claims)
	if err != nil {
		return err
	}
	return jsonpb.UnmarshalString(string(text), &structpb.Struct{})
}

// serverError is the text of the gRPC status, with the complaint about the absent ID token that
// always stands beside the one about the access token.
func serverError(c *testCase, accessTokenError string) string {
	const idTokenError = "[JWT_VERIFICATION_FAILED] Could not retrieve id token from metadata, caused by: " +
		"rpc error: code = Unauthenticated desc = Request unauthenticated with IDToken"
	if c.ControlPlane == union {
		return fmt.Sprintf("token parse error [id token err: %s] | [access token err: %s]", idTokenError, accessTokenError)
	}
	return fmt.Sprintf("token parse error id token err: access token err: %s, access token err: %s", accessTokenError, idTokenError)
}

func judge(c *testCase, keySetURL string) (result verdict) {
	result = verdict{ID: c.ID, Scopes: []string{}}
	stage := "signature"
	defer func() {
		if cause := recover(); cause != nil {
			// The recovery interceptor of the server answers Internal with an empty text.
			result = verdict{ID: c.ID, Decision: "panic", Stage: stage, Error: fmt.Sprint(cause), Scopes: []string{}}
		}
	}()

	who, err := (*identity)(nil), error(nil)
	if c.Token == "" {
		err = refuse("token", errors.New("[JWT_VERIFICATION_FAILED] IDToken token is blank"))
	} else {
		var claims jwtgo.MapClaims
		if claims, err = claimsOf(c, keySetURL); err == nil {
			stage = "claims"
			who, err = identify(c, claims)
		}
	}
	if err != nil {
		var at *refusal
		_ = errors.As(err, &at)
		result.Decision, result.Stage = "refuse", at.stage
		// Tests match these texts. The protobuf library puts a space of one of two kinds into its own, chosen
		// by the build, so that nobody relies on them.
		text := strings.ReplaceAll(err.Error(), "proto:\u00a0", "proto: ")
		result.Error, result.ServerError = text, serverError(c, text)
		return result
	}

	result.Subject, result.ClientID, result.Scopes = who.subject, who.clientID, who.scopes.sorted()
	if c.ControlPlane == union {
		result.IdentityType = who.identityType
	}
	if !who.scopes.has(allScope) {
		const text = "authenticated user doesn't have required scope"
		result.Decision, result.Stage, result.Error, result.ServerError = "refuse", "scope", text, text
		return result
	}
	result.Decision = "accept"
	return result
}

// setGoDefaults picks the defaults of the Go version that each control plane's go.mod names. The Union
// branch names Go 1.22, which still took RSA keys of less than 1024 bits, certificates with negative serial
// numbers and URLs with two colons before the port.
func setGoDefaults(controlPlane string) error {
	if controlPlane == union {
		return os.Setenv("GODEBUG", "rsa1024min=0,x509negativeserial=1,urlstrictcolons=0")
	}
	return os.Setenv("GODEBUG", "")
}

func run() error {
	// Servers run in UTC; times are printed in error texts.
	time.Local = time.UTC

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	keys := &keyServer{base: "http://" + listener.Addr().String()}
	go func() { _ = http.Serve(listener, keys) }()

	input := bufio.NewReaderSize(os.Stdin, 1<<20)
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	encoder := json.NewEncoder(output)
	encoder.SetEscapeHTML(false)

	decoder := json.NewDecoder(input)
	for number := 0; decoder.More(); number++ {
		c := &testCase{}
		if err := decoder.Decode(c); err != nil {
			return fmt.Errorf("case %d: %w", number, err)
		}
		if c.ControlPlane != flyte1 && c.ControlPlane != flyte1Self && c.ControlPlane != union {
			return fmt.Errorf("case %s: unknown control plane %q", c.ID, c.ControlPlane)
		}
		keys.current = c
		jwtgo.TimeFunc = func() time.Time { return time.Unix(c.At, 0) }
		if err := setGoDefaults(c.ControlPlane); err != nil {
			return err
		}
		if err := encoder.Encode(judge(c, fmt.Sprintf("%s/%d", keys.base, number))); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
