# A worker of any queue: `dist`, `node_modules` and the native parts, for a user without privileges.
# BASE needs Node >= 20.19 with npm on Debian; RUNTIME_BASE needs glibc and libstdc++ only, since Node is copied into it.
ARG BASE=node:22.20.0-bookworm-slim
ARG RUNTIME_BASE=${BASE}

FROM ${BASE} AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates g++ make python3 python3-pip \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/digitloom
# npm packages first: they change less often than the code.
COPY package.json package-lock.json .npmrc ./
COPY infra/bootstrap ./infra/bootstrap
RUN node --input-type=module --eval "await (await import('/opt/digitloom/infra/bootstrap/install.mjs')).install()"
COPY . .
RUN node infra/bootstrap/main.mjs build
# Which native parts: the servers are containers of their own.
ARG PARTS=tensorflow,xgboost,litert
ENV XDG_CACHE_HOME=/opt/native
# A cache folder is its owner's alone: here everybody may read it.
RUN node dist/infra/provision/main.js --only "${PARTS}" \
 && chmod -R go+rX /opt/native \
 && rm -rf dist/tests dist/benchmarks dist/.tsbuild \
 && npm prune --omit=dev --no-audit --no-fund \
 && cp "$(readlink -f "$(command -v node)")" /opt/node

FROM ${RUNTIME_BASE} AS worker
RUN groupadd --gid 10001 digitloom \
 && useradd --uid 10001 --gid 10001 --create-home digitloom \
 && install -d -o digitloom -g digitloom /var/cache/digitloom
COPY --from=build /opt/node /usr/local/bin/node
COPY --from=build /opt/native /opt/native
WORKDIR /opt/digitloom
COPY --from=build /opt/digitloom/package.json ./
COPY --from=build /opt/digitloom/node_modules ./node_modules
COPY --from=build /opt/digitloom/dist ./dist
COPY --from=build /opt/digitloom/infra/docker ./infra/docker
ENV NODE_ENV=production XDG_CACHE_HOME=/var/cache
USER digitloom
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["infra/docker/worker.mjs", "cpu"]
