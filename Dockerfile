# Groundwork as a container: docs/operations.md says how to run it.

FROM python:3.12-slim AS builder
WORKDIR /source
COPY requirements-server.lock ./
RUN python -m venv /opt/groundwork \
 && /opt/groundwork/bin/pip install --no-cache-dir --require-hashes --requirement requirements-server.lock
COPY pyproject.toml README.md LICENSE ./
COPY .streamlit .streamlit
COPY scoping scoping
COPY db db
COPY app app
RUN /opt/groundwork/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
# pg_dump, pg_restore and psql for `groundwork db backup` and `restore`: of the server's version, or newer.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data groundwork \
 && install --directory --owner groundwork --group groundwork --mode 0700 /data
COPY --from=builder /opt/groundwork /opt/groundwork
# Without GROUNDWORK_DATABASE_URL the data is a SQLite file in /data.
ENV PATH=/opt/groundwork/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_DATA_HOME=/data \
    MPLCONFIGDIR=/tmp/matplotlib
USER 10001:10001
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://localhost:8501/healthz', timeout=2)"]
CMD ["groundwork", "serve", "--address", "0.0.0.0", "--port", "8501"]
