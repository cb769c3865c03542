# The image is one static program and nothing else. To build it, with a version
# for “rolecompare version” and /version to show:
#
#	docker build --build-arg VERSION="$(git describe --tags --always)" -t rolecompare .
#
# The same commit, version and Go give the same program, byte for byte. Beside it is
# only /NOTICES, the licenses of all that it is made of.
FROM golang:1.26.11 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=unversioned
RUN CGO_ENABLED=0 GOTOOLCHAIN=local go build -trimpath -buildvcs=false \
	-ldflags "-s -w -buildid= -X main.version=${VERSION}" \
	-o /rolecompare ./cmd/rolecompare
RUN .ci/notices >/NOTICES

FROM scratch
COPY --from=build /rolecompare /NOTICES /
# Nobody in particular: there is no user list in the image, and nothing to write.
USER 65532:65532
EXPOSE 8080
# Docker sends SIGTERM and kills after ten seconds; draining and closing take nine.
STOPSIGNAL SIGTERM
# It asks at ROLECOMPARE_ADDR, or at the --addr with which the container was started.
HEALTHCHECK --interval=10s --timeout=4s --start-period=2s \
	CMD ["/rolecompare", "health"]
ENTRYPOINT ["/rolecompare"]
