# Runs Laurel as nobody in particular, on a root file system that can be read-only:
#   docker build -t laurel .
#   docker run --read-only --tmpfs /tmp -v laurel:/data laurel
# Pictures in scripts other than Latin, Greek and Cyrillic, and emoji, need fonts, of which
# the image has none; those of the host do: -v /usr/share/fonts:/usr/share/fonts:ro
# /data holds config.toml, the database and its backups; secrets come as variables of
# the environment.

FROM python:3.11.13-slim-bookworm AS build
WORKDIR /src
# The dependencies first: they change seldom, and each is checked against its hash.
COPY requirements.lock ./
RUN pip wheel --no-cache-dir --require-hashes --wheel-dir /wheels -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY cogs ./cogs
COPY storage ./storage
COPY locales ./locales
# Only what has just been checked is installed, and of that only what Laurel runs with.
RUN python -m venv /opt/laurel \
    && /opt/laurel/bin/pip install --no-cache-dir --no-index --find-links /wheels . \
    && /opt/laurel/bin/pip uninstall --yes pip setuptools

FROM python:3.11.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin laurel \
    && install --directory --owner laurel --group laurel --mode 0700 /data
COPY --from=build /opt/laurel /opt/laurel
ENV PATH=/opt/laurel/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
CMD ["laurel", "run"]
