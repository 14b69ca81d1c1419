# One image for every role: API, web application and workers. PostgreSQL comes from outside (compose.yaml).
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY web/package.json web/
RUN npm ci
COPY . .
RUN node scripts/build-web.ts && npm prune --omit=dev

FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends tesseract-ocr \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/bin bin
COPY --from=build /app/src src
COPY --from=build /app/migrations migrations
COPY --from=build /app/samples samples
COPY --from=build /app/web/dist web/dist
# Warms the compile cache, so that a container does not strip types at every start.
ENV NODE_COMPILE_CACHE=/app/.compile-cache
RUN node bin/docmill.mjs --version && mkdir /data && chown node:node /data
USER node
ENV DOCMILL_DATA_DIR=/data DOCMILL_HOST=0.0.0.0
VOLUME /data
EXPOSE 4600
HEALTHCHECK CMD node -e "fetch('http://127.0.0.1:4600/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
STOPSIGNAL SIGTERM
CMD ["node", "bin/docmill.mjs", "serve"]
