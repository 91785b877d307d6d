# An image that answers questions about content/. The first stage indexes the posts with all that this takes; the image
# itself is the second, which has neither torch nor the model package nor pip.
FROM docker.io/library/python:3.11-slim AS index
# Without this index of CPU builds pip takes a torch with gigabytes of CUDA. A folder of wheels can stand in for it.
ARG PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu
ARG PIP_FIND_LINKS
ARG PIP_DISABLE_PIP_VERSION_CHECK=1
ARG PIP_NO_CACHE_DIR=1
RUN python3 -m venv /opt/index && python3 -m venv --without-pip /opt/askpost

# The dependencies come before the code, so that a change of the code installs none of them again.
WORKDIR /src
COPY pyproject.toml constraints.txt ./
RUN mkdir index service && touch README.md LICENSE index/__init__.py service/__init__.py \
    && /opt/index/bin/pip install --constraint constraints.txt '.[index]' \
    && /opt/index/bin/pip --python /opt/askpost/bin/python3 install --constraint constraints.txt . \
    && find /opt/askpost -type d -name tests -prune -exec rm -r {} +
COPY README.md LICENSE ./
COPY index index
COPY service service
RUN /opt/index/bin/pip install --force-reinstall --no-deps . \
    && /opt/index/bin/pip --python /opt/askpost/bin/python3 install --force-reinstall --no-deps .

# What indexing has to be told about the blog, if anything.
ARG ASKPOST_SITE_URL
ARG ASKPOST_GENERATOR
WORKDIR /app
COPY content content
RUN /opt/index/bin/askpost index

FROM docker.io/library/python:3.11-slim
COPY --from=index /opt/askpost /opt/askpost
COPY --from=index /app /app
# The one place that is written to: readers' feedback.
RUN mkdir /data && chown 10001:10001 /data
WORKDIR /app
ENV PATH=/opt/askpost/bin:$PATH ASKPOST_HOST=0.0.0.0 ASKPOST_PORT=8000 ASKPOST_DATA=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["python3", "-c", \
    "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"ASKPOST_PORT\"]}/readyz', timeout=2)"]
ENTRYPOINT ["askpost"]
CMD ["serve"]
