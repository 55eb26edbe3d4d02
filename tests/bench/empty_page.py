"""The least that Streamlit can do with as many widgets: it shows what was typed into the first."""

import os

import streamlit as st

typed = st.text_input("First", key="first")
for number in range(int(os.environ["WIDGETS"]) - 1):
    st.text_input(f"Field {number}", key=f"field_{number}")
with st.bottom:
    st.text(f"Answer: {typed}")
