"""Repositories, the resources in them, and the texts of their documents."""

from .document_text import DocumentText
from .repository_page import RepositoryPage
from .resource_page import ResourcePage

__all__ = ["DocumentText", "RepositoryPage", "ResourcePage"]
